/**
 * A point in the order of events: event time, equal times in chain order. `ms` may be ±Infinity.
 */
export interface Moment {
  readonly ms: number;
  readonly position: number;
}

/** From `from` (included) to `to` (not included). */
export interface Span {
  readonly from: Moment;
  readonly to: Moment;
}

export const BEGINNING: Moment = { ms: -Infinity, position: -1 };
export const END: Moment = { ms: Infinity, position: Number.MAX_SAFE_INTEGER };

/** Before everything that is said of this time. */
export const startOf = (ms: number): Moment => ({ ms, position: -1 });
/** After everything that is said of this time. */
export const endOf = (ms: number): Moment => ({ ms, position: Number.MAX_SAFE_INTEGER });

export function compareMoments(a: Moment, b: Moment): number {
  if (a.ms !== b.ms) return a.ms < b.ms ? -1 : 1;
  return a.position - b.position;
}

export function intersect(a: Span, b: Span): Span | undefined {
  const from = compareMoments(a.from, b.from) >= 0 ? a.from : b.from;
  const to = compareMoments(a.to, b.to) <= 0 ? a.to : b.to;
  return compareMoments(from, to) < 0 ? { from, to } : undefined;
}

/** What of `span` is in none of `others`. */
export function subtract(span: Span, others: readonly Span[]): readonly Span[] {
  let left: readonly Span[] = [span];
  for (const other of others) {
    left = left.flatMap((part) => {
      if (intersect(part, other) === undefined) return [part];
      const parts: Span[] = [];
      if (compareMoments(part.from, other.from) < 0) parts.push({ from: part.from, to: other.from });
      if (compareMoments(other.to, part.to) < 0) parts.push({ from: other.to, to: part.to });
      return parts;
    });
  }
  return left;
}
