/** Validators out of n that must agree: ⌈2n/3⌉. Any two quorums share more than `faultTolerance(n)` validators. */
export function quorum(n: number): number {
  return Math.floor((2 * n + 2) / 3);
}

/** Validators out of n that may be arbitrarily faulty: ⌊(n − 1)/3⌋. */
export function faultTolerance(n: number): number {
  return Math.floor((n - 1) / 3);
}
