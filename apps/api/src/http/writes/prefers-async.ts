/** RFC 7240: does `Prefer` hold the token `respond-async`? */
export function prefersAsync(header: string | readonly string[] | undefined): boolean {
  if (header === undefined) return false;
  const values = typeof header === 'string' ? [header] : header;
  return values.some((value) => value.split(',').some((token) => token.trim().toLowerCase() === 'respond-async'));
}
