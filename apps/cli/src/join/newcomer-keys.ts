import { existsSync, mkdirSync } from 'node:fs';
import { toHex } from '#codec';
import {
  rootCommitmentOf,
  rotationProofMessage,
  type Did,
  type KeyPurpose,
  type NetworkId,
  type PublicKey,
} from '#identity';
import { createKeystore, describeKeystore, openKeystore } from '#keystore';
import { CliError, EXIT } from '../cli-error.js';
import type { NodeFolder } from './node-folder.js';

const PURPOSES: readonly KeyPurpose[] = ['node', 'sign', 'admin', 'root'];

/** The public keys of an organisation that asks to be admitted, each with the proof that it is held. */
export interface NewcomerKeys {
  readonly publicKeys: Readonly<Record<KeyPurpose, PublicKey>>;
  /** As the API takes them, hexadecimal. */
  readonly proofs: Readonly<Record<KeyPurpose, { readonly publicKey: string; readonly proof: string }>>;
  /** Of the root key that will follow, hexadecimal. */
  readonly rootCommitment: string;
}

/** Makes the keys that are not there yet, and proves possession of each. One after the other: each takes 128 MiB for a moment. */
export async function newcomerKeys(
  folder: NodeFolder,
  passphrase: string,
  { networkId, did }: { readonly networkId: NetworkId; readonly did: Did },
): Promise<NewcomerKeys> {
  mkdirSync(`${folder.root}/keys`, { recursive: true, mode: 0o700 });
  const publicKeys: Partial<Record<KeyPurpose, PublicKey>> = {};
  const proofs: Partial<Record<KeyPurpose, { publicKey: string; proof: string }>> = {};
  for (const purpose of PURPOSES) {
    await ensureKey(folder.key(purpose), purpose, passphrase);
    const opened = await openKeystore(folder.key(purpose), passphrase);
    if (!opened.ok) throw new CliError(`${opened.detail} (${opened.code}).`, EXIT.verificationFailed);
    const { publicKey } = opened.value;
    const message = rotationProofMessage({ networkId, organization: did, purpose, publicKey });
    publicKeys[purpose] = publicKey;
    proofs[purpose] = { publicKey: toHex(publicKey), proof: toHex(opened.value.sign(message)) };
  }
  const nextRoot = await ensureKey(folder.key('next-root'), 'root', passphrase);
  return {
    publicKeys: publicKeys as Record<KeyPurpose, PublicKey>,
    proofs: proofs as NewcomerKeys['proofs'],
    rootCommitment: toHex(rootCommitmentOf(nextRoot)),
  };
}

async function ensureKey(path: string, purpose: KeyPurpose, passphrase: string): Promise<PublicKey> {
  const key = existsSync(path) ? describeKeystore(path) : await createKeystore(path, purpose, passphrase);
  if (!key.ok) throw new CliError(`${key.detail} (${key.code}).`, EXIT.failed);
  if (key.value.purpose !== purpose)
    throw new CliError(`${path} holds a key for "${key.value.purpose}", not for "${purpose}".`, EXIT.conflict);
  return key.value.publicKey;
}
