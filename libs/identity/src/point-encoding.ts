import { fromHex } from '#codec';

/**
 * The y coordinates of the eight points of small order (as 32 little-endian bytes without the sign bit): one point of
 * order 1, one of order 2, two of order 4 (same y), four of order 8.
 */
const SMALL_ORDER_Y = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map((hex) => fromHex(hex, 32) as Uint8Array);

/** @returns whether the y coordinate of an encoded point (first 32 bytes) is below p = 2^255 − 19 */
export function isCanonicalPoint(bytes: Uint8Array): boolean {
  if (((bytes[31] as number) & 0x7f) !== 0x7f || (bytes[0] as number) < 0xed) return true;
  for (let i = 1; i < 31; i++) if (bytes[i] !== 0xff) return true;
  return false;
}

/** @returns whether the canonical encoding in the first 32 bytes is of a point of small order, whatever its sign bit */
export function isSmallOrderPoint(bytes: Uint8Array): boolean {
  return SMALL_ORDER_Y.some((y) => {
    for (let i = 0; i < 31; i++) if (bytes[i] !== y[i]) return false;
    return ((bytes[31] as number) & 0x7f) === y[31];
  });
}
