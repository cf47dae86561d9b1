import { assertInvariant } from '#codec';
import { blockHash, decodeHeader, type BlockHash, type BlockHeader } from '#ledger';

/**
 * The encoded header within an encoded block: the first element, a byte string, of an array of three
 * (docs/protocol/blocks.md). The store re-hashes it on every write and read and needs nothing else of the block.
 * @returns an empty view when the bytes do not begin like a block
 */
function headerBytesOf(block: Uint8Array): Uint8Array {
  // Heads of byte strings, RFC 8949 section 3: the length stands in the initial byte, or in one or two bytes behind it.
  const initial = block[1] ?? 0;
  if (initial >= 0x40 && initial < 0x58) return block.subarray(2, 2 + (initial & 0x1f));
  if (initial === 0x58) return block.subarray(3, 3 + (block[2] ?? 0));
  if (initial === 0x59) return block.subarray(4, 4 + ((block[2] ?? 0) << 8) + (block[3] ?? 0));
  return block.subarray(0, 0);
}

export interface StoredHeader {
  readonly header: BlockHeader;
  readonly hash: BlockHash;
}

/**
 * Reads the header of an encoded block and nothing else of it.
 * @throws InvariantViolation INV-CHAIN-3 when there is none: blocks are judged before they are stored
 */
export function headerOf(block: Uint8Array): StoredHeader {
  const bytes = headerBytesOf(block);
  const header = decodeHeader(bytes);
  assertInvariant(header.ok, 'INV-CHAIN-3', { unreadable: 'header' });
  return { header: header.value, hash: blockHash(bytes) };
}
