import type { RecordType } from '#codec';
import type { BlockHeader, ChainState } from '../block.types.js';
import { proveKey, verifyStateProof, type StateProof } from '../state-tree/prove-key.js';

/** What the state after a block holds under one record's key, with the proof. */
export interface RecordProof {
  /** The record as encoded by its type; null = there is no such record. */
  readonly value: Uint8Array | null;
  readonly proof: StateProof;
}

/** Against the state at the chain's head; the header to verify with is the head's. */
export function proveRecord<T>(
  type: RecordType<T>,
  id: string,
  chain: Pick<ChainState, 'stateValue' | 'treeNode'>,
): RecordProof {
  const key = `${type.prefix}/${id}`;
  return { value: chain.stateValue(key) ?? null, proof: proveKey(key, (path) => chain.treeNode(path)) };
}

/** @param header - a header whose certificate was verified */
export function verifyRecord<T>(
  type: Pick<RecordType<T>, 'prefix'>,
  id: string,
  { value, proof }: RecordProof,
  header: Pick<BlockHeader, 'stateRoot'>,
): boolean {
  return verifyStateProof(header.stateRoot, `${type.prefix}/${id}`, value, proof);
}
