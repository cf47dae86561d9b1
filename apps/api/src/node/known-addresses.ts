import type { Did } from '#identity';
import type { PeerAddress } from '#node';
import type { NodeConfig } from '../config/node-config.js';

const WILDCARDS = ['0.0.0.0', '::'];

/**
 * Where nodes listen, as the configuration says: those of the others, and this one where its address is one that others can use
 * (a wildcard is where it listens, not where it is).
 */
export function knownAddresses({
  did,
  peer,
  peers,
}: Pick<NodeConfig, 'did' | 'peer' | 'peers'>): ReadonlyMap<Did, PeerAddress> {
  const addresses = new Map(peers.map(({ did: other, host, port }) => [other as Did, { host, port }]));
  if (peer.port > 0 && !WILDCARDS.includes(peer.host)) addresses.set(did as Did, peer);
  return addresses;
}
