import { CborOffence, CborReader, type CborErrorCode } from './cbor-reader.js';
import type { CborValue } from './cbor-value.js';
import { CborWriter } from './cbor-writer.js';
import { failure, success, type Result } from './result.js';

/**
 * Core deterministic encoding (RFC 8949 section 4.2.1): shortest heads, definite lengths, map keys in bytewise order.
 * @throws TypeError when `value` holds a non-integer number, a lone surrogate or anything else that is not a `CborValue`
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const writer = new CborWriter();
  writer.writeItem(value);
  return writer.toBytes();
}

/**
 * Reads exactly one deterministic CBOR item. One value has one encoding: whatever `encodeCbor` would not write is
 * refused while it is read, so nothing has to be encoded again to find out. Byte strings in the result are copies.
 */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborErrorCode> {
  const reader = new CborReader(bytes);
  try {
    return success(reader.readOnlyItem());
  } catch (offence) {
    if (offence instanceof CborOffence) return failure(offence.code, `${offence.message} at byte ${offence.position}`);
    throw offence;
  }
}
