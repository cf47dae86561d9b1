import { existsSync } from 'node:fs';
import { describeKeystore, openKeystore, type OpenedKey } from '#keystore';
import { StartupError, type LoadedConfig } from '../config/load-config.js';

/** Purposes of the keys that a node can hold; a root key never lies on one. */
export type HeldPurpose = 'node' | 'sign' | 'admin';

export interface NodeKeys {
  readonly node: OpenedKey;
  readonly sign: OpenedKey;
  /** Absent where the organisation governs from elsewhere. */
  readonly admin: OpenedKey | undefined;
  /** Made by rotations that have not taken effect yet. */
  readonly next: Readonly<Partial<Record<HeldPurpose, OpenedKey>>>;
}

/**
 * Opens the keystores of the organisation, side by side: deriving a key takes half a second.
 * @throws StartupError with what to do
 */
export async function openKeys({ keys, passphrase }: Pick<LoadedConfig, 'keys' | 'passphrase'>): Promise<NodeKeys> {
  const paths = Object.entries(keys).filter((held): held is [HeldPurpose, string] => held[1] !== undefined);
  // A missing file is told before a missing passphrase: it is what the operator has to make first.
  for (const [purpose, path] of paths) assertKeyFile(path, purpose);
  if (passphrase === undefined) {
    throw new StartupError(
      'The keystore files are encrypted: give their passphrase in passphraseFile or in LADING_PASSPHRASE.',
    );
  }
  const nextPaths = paths
    .map(([purpose, path]) => [purpose, nextKeyPath(path)] as const)
    .filter(([, path]) => existsSync(path));
  const openAll = async (held: readonly (readonly [HeldPurpose, string])[]) =>
    Object.fromEntries(
      await Promise.all(held.map(async ([purpose, path]) => [purpose, await open(path, passphrase)] as const)),
    ) as Partial<Record<HeldPurpose, OpenedKey>>;
  const [current, next] = await Promise.all([openAll(paths), openAll(nextPaths)]);
  return { ...(current as Pick<NodeKeys, 'node' | 'sign'>), admin: current.admin, next };
}

/** Where a rotation keeps the key that comes after the one at `path`. */
export function nextKeyPath(path: string): string {
  return `${path}.next`;
}

function assertKeyFile(path: string, purpose: HeldPurpose): void {
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
