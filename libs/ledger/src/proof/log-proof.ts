import { bytesEqual } from '#codec';
import type { BlockHeader } from '../block.types.js';
import { EMPTY_LOG_ROOT, leafHash } from '../log/hashes.js';
import { consistencyProof, inclusionProof } from '../log/prove.js';
import type { GetLogNode } from '../log/subtree.js';
import { verifyConsistency, verifyInclusion } from '../log/verify.js';

/** What of a header a log proof needs; any header of the chain from the entry's block on will do. */
export type LogHead = Pick<BlockHeader, 'networkId' | 'logSize' | 'logRoot'>;

/** Proves that a statement stands on the chain, at one position of the log. */
export interface EntryInclusion {
  /** Entries on the chain before it: log size of its block's parent + its index in the block. */
  readonly logIndex: number;
  /** Size of the log that the proof is against: the header's. */
  readonly logSize: number;
  /** 32 bytes each, from the leaf upwards (RFC 9162 section 2.1.3). */
  readonly hashes: readonly Uint8Array[];
}

/** @throws RangeError unless 0 ≤ logIndex < header.logSize */
export function proveEntry(logIndex: number, { logSize }: LogHead, getNode: GetLogNode): EntryInclusion {
  return { logIndex, logSize, hashes: inclusionProof(logIndex, logSize, getNode) };
}

/**
 * @param statement - the statement's bytes; its content is bound to it by hash
 * @param header - a header whose certificate was verified
 */
export function verifyEntry(
  statement: Uint8Array,
  { logIndex, logSize, hashes }: EntryInclusion,
  header: LogHead,
): boolean {
  return logSize === header.logSize && verifyInclusion(logIndex, logSize, leafHash(statement), hashes, header.logRoot);
}

/**
 * Proves that nothing of the older header's log was changed or removed in the newer one's.
 * @returns 32 bytes each (RFC 9162 section 2.1.4); empty when the older log is empty or both are of one size
 * @throws RangeError when the newer log is the smaller one
 */
export function proveConsistency(older: LogHead, newer: LogHead, getNode: GetLogNode): readonly Uint8Array[] {
  return older.logSize === 0 ? [] : consistencyProof(older.logSize, newer.logSize, getNode);
}

/** Both headers' certificates were verified; without that, the answer says nothing about either. */
export function verifyHeaderConsistency(older: LogHead, newer: LogHead, proof: readonly Uint8Array[]): boolean {
  if (older.networkId !== newer.networkId) return false;
  // The empty log is the beginning of every log.
  if (older.logSize === 0) return proof.length === 0 && bytesEqual(older.logRoot, EMPTY_LOG_ROOT);
  return verifyConsistency(older.logSize, newer.logSize, older.logRoot, newer.logRoot, proof);
}
