import { bytesEqual, concatBytes, fromBase64, fromHex, sha256, toHex, utf8Decode, utf8Encode } from '#codec';
import { portableVerifier, type PublicKey } from '#identity';

/**
 * A client of C2SP signed-note as somebody else would write it, after the text of that specification: it shares no code with
 * what makes our notes.
 */
export interface NoteKey {
  readonly name: string;
  readonly id: string;
  readonly publicKey: PublicKey;
}

const NOTE_BYTES_MAX = 1_000_000;
const SIGNATURES_MAX = 100;

export function parseNoteKey(text: string): NoteKey | undefined {
  const [name, id, ...rest] = text.split('+');
  const key = fromBase64(rest.join('+'));
  if (name === undefined || !isName(name) || id === undefined || key?.length !== 33 || key[0] !== 1) return undefined;
  const expected = toHex(sha256(concatBytes(utf8Encode(name), Uint8Array.of(0x0a), key)).subarray(0, 4));
  return id === expected ? { name, id, publicKey: key.subarray(1) as PublicKey } : undefined;
}

/** @returns the text and the names whose signatures are valid, or undefined when the note must not be believed */
export function openNote(
  bytes: Uint8Array,
  keys: readonly NoteKey[],
): { text: string; signedBy: string[] } | undefined {
  const note = bytes.length <= NOTE_BYTES_MAX ? utf8Decode(bytes) : undefined;
  if (note === undefined || /[\x00-\x09\x0b-\x1f]/.test(note)) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n') || note.length === split + 2) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) return undefined;
  const signedBy: string[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const [dash, name, encoded, ...rest] = line.split(' ');
    if (dash !== '—' || name === undefined || !isName(name) || encoded === undefined || rest.length > 0)
      return undefined;
    const decoded = fromBase64(encoded);
    if (decoded === undefined || decoded.length < 5) return undefined;
    const id = decoded.subarray(0, 4);
    const matching = keys.filter((key) => key.name === name && bytesEqual(fromHex(key.id) as Uint8Array, id));
    if (matching.length > 1) return undefined;
    const [key] = matching;
    if (key === undefined || seen.has(`${name}+${key.id}`)) continue;
    seen.add(`${name}+${key.id}`);
    if (!portableVerifier.verify(decoded.subarray(4), utf8Encode(text), key.publicKey)) return undefined;
    signedBy.push(name);
  }
  return signedBy.length > 0 ? { text, signedBy } : undefined;
}

function isName(name: string): boolean {
  return name !== '' && !/[\s+]/.test(name);
}
