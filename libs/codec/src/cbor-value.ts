/**
 * What may stand in our CBOR: no floats, no undefined, integers within ±(2^53 − 1), map keys integers or text.
 * Maps are always `Map`, so that integer keys (COSE) and hostile text keys (`__proto__`) are safe.
 */
export type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<number | string, CborValue>
  | Tagged;

/** A tagged item (RFC 8949 section 3.4). */
export class Tagged {
  constructor(
    readonly tag: number,
    readonly value: CborValue,
  ) {}
}

/** The one tag of ours: COSE_Sign1 (RFC 9052 section 4.2). */
export const COSE_SIGN1_TAG = 18;

/** Nothing of ours nests deeper; a bound, so that a hostile peer cannot exhaust the stack. */
export const CBOR_DEPTH_MAX = 16;

/** Major types, RFC 8949 section 3.1. */
export const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;

/** Simple values, RFC 8949 section 3.3. */
export const SIMPLE = { false: 20, true: 21, null: 22 } as const;
