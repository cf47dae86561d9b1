import { bytesEqual, type RecordReader } from '#codec';
import { keyIdOf, ORGANIZATION, ORGANIZATION_KEY, type Did, type Height, type PublicKey } from '#identity';
import type { PeerAddress, TrustedPeer } from '../ports.js';

export interface TrustedPeers {
  readonly peers: ReadonlyMap<Did, TrustedPeer>;
  /** The next height at which one of the keys ends, though no record changes. */
  readonly until: Height;
}

/**
 * Whose nodes may connect: those of organisations that are not removed (suspended ones read on), with every node key that is
 * valid at the next height or will be.
 *
 * @param dids - all organisations on the ledger
 * @param next - the height after the head
 * @param introduced - node keys that the operator vouches for. Each counts until this node's own ledger knows it: a node that
 *   begins at genesis could not reach anybody whose key was rotated since
 */
export function trustedPeers(
  state: RecordReader,
  dids: Iterable<Did>,
  next: Height,
  introduced: ReadonlyMap<Did, PublicKey>,
): TrustedPeers {
  const peers = new Map<Did, TrustedPeer>();
  let until = Infinity;
  for (const did of new Set([...dids, ...introduced.keys()])) {
    const organization = state.get(ORGANIZATION, did);
    if (organization?.status === 'removed') continue;
    const keys = (organization?.keyIds ?? []).flatMap((keyId) => {
      const key = state.get(ORGANIZATION_KEY, keyId);
      if (key?.purpose !== 'node') return [];
      const end = key.validUntil ?? Infinity;
      if (next >= end) return [];
      until = Math.min(until, end);
      return [key.publicKey];
    });
    const told = introduced.get(did);
    if (told !== undefined && isUnknown(state, told) && !keys.some((key) => bytesEqual(key, told))) keys.push(told);
    const address = parseNodeAddress(organization?.nodeAddress);
    if (keys.length > 0) peers.set(did, address === undefined ? { keys } : { keys, address });
  }
  return { peers, until };
}

function isUnknown(state: RecordReader, key: PublicKey): boolean {
  return state.get(ORGANIZATION_KEY, keyIdOf(key)) === undefined;
}

/** `host:port` as the ledger took it (`Organization.nodeAddress`); an IPv6 address stands in brackets. */
export function parseNodeAddress(text: string | undefined): PeerAddress | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text ?? '') ?? [];
  const host = bracketed ?? plain;
  return host === undefined ? undefined : { host, port: Number(port) };
}
