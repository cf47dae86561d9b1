/** The value below which the share `p` (0..1) of the samples lies, in the samples' unit, to two decimals. 0 for no samples. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
  return round(value);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
