/**
 * The encoded header within an encoded block: the first element, a byte string, of an array of three
 * (docs/protocol/blocks.md). The store re-hashes it on every write and read and needs nothing else of the block.
 * @returns an empty view when the bytes do not begin like a block
 */
export function headerBytesOf(block: Uint8Array): Uint8Array {
  // Byte strings of 24 to 255 and of 256 to 65,535 bytes (RFC 8949 section 3): a header is never shorter or longer.
  const start = block[1] === 0x58 ? 3 : block[1] === 0x59 ? 4 : block.length;
  const length = start === 3 ? (block[2] ?? 0) : ((block[2] ?? 0) << 8) | (block[3] ?? 0);
  return block.subarray(start, start + length);
}
