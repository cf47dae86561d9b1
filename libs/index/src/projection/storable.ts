/**
 * PostgreSQL's text cannot hold U+0000, which JSON can: without this, one hostile name would stop every organisation's
 * index. The chain keeps the original.
 */
export function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}

export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part.toWellFormed()) : part));
}
