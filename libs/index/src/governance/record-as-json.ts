import { toHex } from '#codec';

/** A decoded record as JSON: bytes become hexadecimal text, members that are absent stay so. */
export function recordAsJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(recordAsJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, recordAsJson(member)]));
}
