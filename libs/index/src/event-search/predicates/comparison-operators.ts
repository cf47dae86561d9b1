import type { Comparison } from '#trace';

export const COMPARISON_OPERATORS: Readonly<Record<Comparison, string>> = { GT: '>', GE: '>=', LT: '<', LE: '<=' };
