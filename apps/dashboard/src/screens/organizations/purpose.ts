const PURPOSES = ['node', 'sign', 'admin', 'root'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The API says purposes as text; the ledger has these four. */
export function purposeKey(purpose: string): Purpose {
  return PURPOSES.find((one) => one === purpose) ?? 'sign';
}
