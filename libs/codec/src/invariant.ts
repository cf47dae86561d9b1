/**
 * A promise of our own code that does not hold: the node must stop taking part rather than go on with a wrong
 * state. Never thrown for bad input.
 */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';

  constructor(
    /** Id of the invariant, as listed in ARCHITECTURE.md (for instance `INV-CHAIN-2`). */
    readonly invariant: string,
    readonly data: Readonly<Record<string, unknown>>,
  ) {
    super(
      `${invariant} ${JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`,
    );
  }
}

/** @throws InvariantViolation when `condition` is false */
export function assertInvariant(
  condition: boolean,
  invariant: string,
  data: Readonly<Record<string, unknown>> = {},
): asserts condition {
  if (!condition) throw new InvariantViolation(invariant, data);
}
