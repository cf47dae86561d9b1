import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { toHex } from '#codec';
import {
  DEFAULT_PARAMETERS,
  parseGenesis,
  rootCommitmentOf,
  type Genesis,
  type KeyPurpose,
  type PublicKey,
} from '#identity';
import { createKeystore } from '#keystore';
import { CliError, EXIT } from '../cli-error.js';
import { genesisText } from '../genesis/genesis-text.js';
import type { Layout } from './layout.js';
import { sampleOrganizations } from './organizations.js';
import { writePrivateFile } from './private-file.js';

/** Cost of the passphrase for development keys: quick to open; `lading keys new` uses the full cost. */
const DEVELOPMENT_SCRYPT_N = 2 ** 14;

/** Keys, genesis and API keys of a data directory: made on the first start, the same ever after. */
export interface Identities {
  readonly genesis: Genesis;
  /** One per organisation, in the order of the genesis file. */
  readonly apiKeys: readonly string[];
}

/**
 * @returns undefined where no network was made yet
 * @throws CliError when what lies there cannot be used
 */
export function readIdentities(layout: Layout): Identities | undefined {
  if (!existsSync(layout.genesis)) return undefined;
  const parsed = parseGenesis(readFileSync(layout.genesis));
  if (!parsed.ok) {
    throw new CliError(
      `${layout.genesis} is not a genesis file that this version reads: ${parsed.detail}`,
      EXIT.failed,
      'Choose another --data-dir.',
    );
  }
  try {
    const apiKeys = parsed.value.organizations.map((_, index) =>
      readFileSync(layout.node(index + 1).apiKey, 'utf8').trim(),
    );
    return { genesis: parsed.value, apiKeys };
  } catch {
    throw new CliError(
      `${layout.root} is incomplete: an api-key file is missing.`,
      EXIT.failed,
      'Restore it, or choose another --data-dir.',
    );
  }
}

/**
 * Makes keys and genesis of a new network. The genesis file is written last: without it, whatever lies in the directory is
 * an unfinished first start and is made again.
 * @param now - time of the genesis, milliseconds since 1970
 * @param passphrase - of all keystore files
 */
export async function createIdentities(
  layout: Layout,
  organizations: number,
  now: number,
  passphrase: string,
): Promise<Identities> {
  const withKeys = await Promise.all(
    sampleOrganizations(organizations).map(async ({ gs1CompanyPrefix, ...sample }, index) => {
      const node = layout.node(index + 1);
      mkdirSync(dirname(node.nodeKey), { recursive: true, mode: 0o700 });
      const [nodeKey, signingKey, adminKey, rootKey, nextRootKey] = await Promise.all([
        newKey(node.nodeKey, 'node', passphrase),
        newKey(node.signingKey, 'sign', passphrase),
        newKey(node.adminKey, 'admin', passphrase),
        newKey(node.rootKey, 'root', passphrase),
        newKey(node.nextRootKey, 'root', passphrase),
      ]);
      writePrivateFile(node.apiKey, `lading_${randomBytes(24).toString('base64url')}\n`);
      return {
        ...sample,
        gs1CompanyPrefixes: [gs1CompanyPrefix],
        nodeKey: toHex(nodeKey),
        signingKey: toHex(signingKey),
        adminKey: toHex(adminKey),
        rootKey: toHex(rootKey),
        rootCommitment: toHex(rootCommitmentOf(nextRootKey)),
      };
    }),
  );
  writePrivateFile(layout.genesis, genesisText({ time: now, organizations: withKeys, parameters: DEFAULT_PARAMETERS }));
  return readIdentities(layout) as Identities;
}

/** A keystore that an unfinished first start left behind is of no use to anybody: no genesis names its key. */
async function newKey(path: string, purpose: KeyPurpose, passphrase: string): Promise<PublicKey> {
  rmSync(path, { force: true });
  const created = await createKeystore(path, purpose, passphrase, { scryptN: DEVELOPMENT_SCRYPT_N });
  if (!created.ok) throw new CliError(`The keystore ${path} could not be made: ${created.detail}`);
  return created.value.publicKey;
}

/** Makes the passphrase of a development network and writes it beside the keys: convenient, and why it is not for production. */
export function createPassphrase(path: string): string {
  const passphrase = randomBytes(24).toString('base64url');
  writePrivateFile(path, `${passphrase}\n`);
  return passphrase;
}

/** How a node's configuration names an API key: hexadecimal SHA-256. */
export function hashApiKey(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}
