import { decode, encode, rfc8949EncodeOptions, Tagged } from 'cborg';
import { bytesEqual } from './bytes.js';
import { failure, success, type Result } from './result.js';

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

export type CborErrorCode = 'CBOR_MALFORMED' | 'CBOR_NOT_DETERMINISTIC';

/** Nothing of ours nests deeper; a bound, so that a hostile peer cannot exhaust the stack. */
const DEPTH_MAX = 16;

const DECODE_OPTIONS = {
  strict: true,
  useMaps: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowNaN: false,
  allowInfinity: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
  tags: Tagged.preserve(18),
};

/**
 * Core deterministic encoding (RFC 8949 section 4.2.1): shortest heads, definite lengths, map keys in bytewise order.
 * @throws TypeError when `value` holds a non-integer number or anything else that is not a `CborValue`
 */
export function encodeCbor(value: CborValue): Uint8Array {
  assertCborValue(value, 0);
  return encode(value, rfc8949EncodeOptions);
}

/**
 * Reads exactly one deterministic CBOR item. One value has one encoding: whatever would not come out the same again is
 * refused. Byte strings in the result are copies or views of `bytes`; do not write to either.
 */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborErrorCode> {
  let value: CborValue;
  try {
    value = decode(bytes, DECODE_OPTIONS) as CborValue;
    assertCborValue(value, 0);
  } catch (error) {
    return failure('CBOR_MALFORMED', error instanceof Error ? error.message : 'unreadable CBOR');
  }
  if (!bytesEqual(encode(value, rfc8949EncodeOptions), bytes)) {
    return failure('CBOR_NOT_DETERMINISTIC', 'the CBOR is not in core deterministic encoding (RFC 8949 section 4.2.1)');
  }
  return success(value);
}

function assertCborValue(value: unknown, depth: number): asserts value is CborValue {
  if (depth > DEPTH_MAX) throw new TypeError(`nested deeper than ${DEPTH_MAX}`);
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || value instanceof Uint8Array) return;
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError('only integers within ±(2^53 − 1) are allowed');
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) assertCborValue(element, depth + 1);
    return;
  }
  if (value instanceof Map) {
    for (const [key, element] of value) {
      if (typeof key !== 'string' && !Number.isSafeInteger(key)) throw new TypeError('map keys are integers or text');
      assertCborValue(element, depth + 1);
    }
    return;
  }
  if (value instanceof Tagged) {
    assertCborValue(value.value, depth + 1);
    return;
  }
  throw new TypeError(`cannot stand in CBOR: ${typeof value}`);
}
