import { assertInvariant } from '#codec';
import { blockHash, decodeHeader, type BlockHash, type BlockHeader } from '#ledger';

export interface StoredHeader {
  readonly header: BlockHeader;
  readonly hash: BlockHash;
}

/**
 * Reads the header of an encoded block and nothing else: a byte string (RFC 8949 section 3) in the first place of an array,
 * whose head is one byte.
 * @throws InvariantViolation INV-CHAIN-3 when there is none: blocks are judged before they are stored
 */
export function storedHeader(block: Uint8Array): StoredHeader {
  const { start, length } = byteStringAt(block, 1);
  const bytes = block.subarray(start, start + length);
  const header = decodeHeader(bytes);
  assertInvariant(header.ok, 'INV-CHAIN-3', { unreadable: 'header' });
  return { header: header.value, hash: blockHash(bytes) };
}

/** A header has at most 1,024 bytes, so that a length of one or two bytes follows; anything else does not decode. */
function byteStringAt(bytes: Uint8Array, position: number): { readonly start: number; readonly length: number } {
  const first = bytes[position + 1] ?? 0;
  if (bytes[position] === 0x58) return { start: position + 2, length: first };
  return { start: position + 3, length: first * 256 + (bytes[position + 2] ?? 0) };
}
