import { fromHex } from '#codec';
import { admitPublicKey, type Did, type PublicKey } from '#identity';
import { StartupError, type LoadedConfig } from '../config/load-config.js';

/**
 * Node keys of others that the configuration vouches for.
 * @throws StartupError when one of them is no key that a ledger would register
 */
export function introducedKeys({ peers }: Pick<LoadedConfig, 'peers'>): ReadonlyMap<Did, PublicKey> {
  const keys = new Map<Did, PublicKey>();
  for (const { did, nodeKey } of peers) {
    if (nodeKey === undefined) continue;
    const key = admitPublicKey(fromHex(nodeKey) ?? new Uint8Array());
    if (!key.ok)
      throw new StartupError(`The nodeKey of ${did} in "peers" is no public key: ${key.code}: ${key.detail}`);
    keys.set(did as Did, key.value);
  }
  return keys;
}
