/**
 * Where the CBOR item that starts at `start` ends (RFC 8949 section 3), without building it: the store re-hashes a block's
 * header on every write and read and needs nothing else of the block.
 * @returns the offset after the item; beyond `bytes.length` when the item is cut off
 * @throws RangeError for what deterministic CBOR does not have: indefinite lengths, reserved heads
 */
export function cborItemEnd(bytes: Uint8Array, start: number): number {
  let position = start;
  for (let open = 1; open > 0; open--) {
    const initial = bytes[position] ?? 0;
    const { argument, end } = readHead(bytes, position);
    position = end;
    const major = initial >> 5;
    if (major === 2 || major === 3) position += argument;
    else if (major === 4) open += argument;
    else if (major === 5) open += 2 * argument;
    else if (major === 6) open += 1;
    if (position > bytes.length) return position;
  }
  return position;
}

function readHead(bytes: Uint8Array, position: number): { readonly argument: number; readonly end: number } {
  const additional = (bytes[position] ?? 0) & 31;
  if (additional < 24) return { argument: additional, end: position + 1 };
  if (additional > 27) throw new RangeError('indefinite length or reserved head');
  const length = 2 ** (additional - 24);
  let argument = 0;
  for (let i = 1; i <= length; i++) argument = argument * 256 + (bytes[position + i] ?? 0);
  return { argument, end: position + 1 + length };
}
