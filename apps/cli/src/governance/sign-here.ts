import type { Did, KeyPurpose, NetworkId } from '#identity';
import { openKeystore, type OpenedKey } from '#keystore';
import { encodeEntry, signEntry } from '#ledger';
import type { EntryDraft } from '#trace';
import { CliError, EXIT } from '../cli-error.js';
import type { ApiClient } from '../join/api-client.js';

/** Blocks within which an entry that was signed here must be included. */
const NOT_AFTER_BLOCKS = 1_000;

/** What a node says of its network. */
export interface NetworkAnswer {
  readonly id: NetworkId;
  /** DID of the organisation whose node it is. */
  readonly self: Did;
  readonly height: number;
}

export interface EntryAnswer {
  readonly entryId: string;
  readonly status: string;
  readonly height?: number;
}

/** Opens a keystore file that holds a key of that purpose. @throws CliError */
export async function openKey(path: string, purpose: KeyPurpose, passphrase: string): Promise<OpenedKey> {
  const key = await openKeystore(path, passphrase);
  if (!key.ok)
    throw new CliError(
      `${key.detail} (${key.code}).`,
      key.code === 'KEYSTORE_NOT_FOUND' ? EXIT.notFound : EXIT.rejected,
    );
  if (key.value.purpose === purpose) return key.value;
  throw new CliError(`${path} holds a key for "${key.value.purpose}"; one for "${purpose}" is needed.`, EXIT.usage);
}

/** Signs an entry on this machine and hands it to a node, which may be anybody's: it sees no key. */
export async function submitSigned(
  client: ApiClient,
  { key, issuer, network }: { readonly key: OpenedKey; readonly issuer: Did; readonly network: NetworkAnswer },
  { content, ...fields }: EntryDraft,
): Promise<EntryAnswer> {
  const statement = {
    ...fields,
    issuer,
    keyId: key.keyId,
    networkId: network.id,
    notAfter: network.height + NOT_AFTER_BLOCKS,
  };
  return client.postBytes('/api/v1/entries', encodeEntry(signEntry(statement, content, key)), 'application/cbor');
}
