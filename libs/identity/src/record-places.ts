import { assertInvariant, compareStrings, decodeCbor, fromHex, toHex, type CborValue } from '#codec';
import type { Height, KeyId } from './names.js';

// State records are CBOR arrays with a fixed number of places; null = absent. Places that a record got later stand at its end
// and are written only when one of them is there, so that records from before keep their bytes. What stands in the state was
// checked before it was put there, so reading checks only that the bytes have the shape that `encode` writes.

/**
 * @param counts - how many places the record may have
 * @throws InvariantViolation INV-STATE-2
 */
export function readPlaces(record: string, bytes: Uint8Array, ...counts: readonly number[]): readonly CborValue[] {
  const places = decodeCbor(bytes);
  const isRecord = places.ok && Array.isArray(places.value) && counts.includes(places.value.length);
  assertInvariant(isRecord, 'INV-STATE-2', { record });
  return places.value as readonly CborValue[];
}

/** The places that follow the first ones: all of them, or none when all are absent. */
export function laterPlaces(...places: readonly (CborValue | undefined)[]): readonly CborValue[] {
  return places.every((place) => place === undefined) ? [] : places.map((place) => place ?? null);
}

/** The 32 bytes of an id that is kept as hexadecimal text. */
export function idBytes(id: string): Uint8Array {
  const bytes = fromHex(id, 32);
  assertInvariant(bytes !== undefined, 'INV-STATE-2', { id });
  return bytes;
}

export function keyIdOfBytes(bytes: CborValue): KeyId {
  return toHex(bytes as Uint8Array) as KeyId;
}

/** Members of an object in the order of their names, as [name, value] pairs. */
export function pairs(object: Readonly<Record<string, CborValue>>): readonly CborValue[] {
  return Object.entries(object).sort(([a], [b]) => compareStrings(a, b));
}

export function isText(value: CborValue | undefined): value is string {
  return typeof value === 'string';
}

export function isHeight(value: CborValue | undefined): value is Height {
  return typeof value === 'number' && value >= 0;
}

export function isBytes32(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

export function isList(
  value: CborValue | undefined,
  isElement: (element: CborValue) => boolean,
): value is readonly CborValue[] {
  return Array.isArray(value) && (value as readonly CborValue[]).every(isElement);
}

/** A list of [name, value] pairs, as `pairs` writes it. */
export function isPairs(
  value: CborValue | undefined,
  isValue: (value: CborValue) => boolean,
): value is readonly CborValue[] {
  return isList(
    value,
    (pair) => Array.isArray(pair) && pair.length === 2 && isText(pair[0]) && isValue(pair[1] as CborValue),
  );
}

/** Null, or what `isPresent` accepts. */
export function isOptional(value: CborValue | undefined, isPresent: (value: CborValue) => boolean): boolean {
  return value === undefined || value === null || isPresent(value);
}

/** The member of an object, or none where the place is empty. */
export function present<Name extends string, T>(
  name: Name,
  value: T | null | undefined,
): Partial<Readonly<Record<Name, T>>> {
  return value === null || value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

/** The object that `pairs` wrote, or undefined where the place is empty. */
export function readPairs<T extends object>(place: CborValue | undefined): T | undefined {
  return Array.isArray(place) ? (Object.fromEntries(place as [string, CborValue][]) as T) : undefined;
}
