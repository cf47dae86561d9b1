import { existsSync } from 'node:fs';
import { describeKeystore, openKeystore, type OpenedKey } from '#keystore';
import type { KeyPurpose } from '#identity';
import { StartupError, type LoadedConfig } from '../config/load-config.js';

export interface NodeKeys {
  readonly node: OpenedKey;
  readonly sign: OpenedKey;
  /** Made by a rotation that has not taken effect yet. */
  readonly nextSign: OpenedKey | undefined;
}

/**
 * Opens the two keystores of the organisation, side by side: deriving a key takes half a second.
 * @throws StartupError with what to do
 */
export async function openKeys({ keys, passphrase }: Pick<LoadedConfig, 'keys' | 'passphrase'>): Promise<NodeKeys> {
  // A missing file is told before a missing passphrase: it is what the operator has to make first.
  for (const [path, purpose] of [
    [keys.node, 'node'],
    [keys.sign, 'sign'],
  ] as const)
    assertKeyFile(path, purpose);
  if (passphrase === undefined) {
    throw new StartupError(
      'The keystore files are encrypted: give their passphrase in passphraseFile or in LADING_PASSPHRASE.',
    );
  }
  const next = nextKeyPath(keys.sign);
  const [node, sign, nextSign] = await Promise.all([
    open(keys.node, passphrase),
    open(keys.sign, passphrase),
    existsSync(next) ? open(next, passphrase) : undefined,
  ]);
  return { node, sign, nextSign };
}

/** Where a rotation keeps the key that comes after the one at `path`. */
export function nextKeyPath(path: string): string {
  return `${path}.next`;
}

function assertKeyFile(path: string, purpose: KeyPurpose): void {
  const key = describeKeystore(path);
  if (!key.ok && key.code === 'KEYSTORE_NOT_FOUND') {
    throw new StartupError(
      `This node has no ${purpose} key at ${path}: make one with "lading keys new" or correct "keys" in the configuration.`,
    );
  }
  if (!key.ok) throw new StartupError(`${key.code}: ${key.detail}`);
  if (key.value.purpose !== purpose) {
    throw new StartupError(
      `${path} holds a key for "${key.value.purpose}" where one for "${purpose}" is needed: correct "keys" in the configuration.`,
    );
  }
}

async function open(path: string, passphrase: string): Promise<OpenedKey> {
  const key = await openKeystore(path, passphrase);
  if (!key.ok) throw new StartupError(`${key.code}: ${key.detail}`);
  return key.value;
}
