/** Most validators of `n` that may be Byzantine: f = ⌊(n − 1) / 3⌋. */
export function faultyMax(n: number): number {
  return Math.floor((n - 1) / 3);
}

/**
 * Votes that decide among `n` validators: ⌈2n / 3⌉. Not 2f + 1, with which two quorums share f + 1 validators only for
 * some n (docs/protocol/consensus.md#numbers).
 */
export function quorumOf(n: number): number {
  return Math.ceil((2 * n) / 3);
}
