/** Longest identifier that the ledger takes, in characters. */
export const URI_LENGTH_MAX = 512;

/**
 * RFC 3986 absolute URI: a scheme, a colon and at least one character, ASCII only, without white space, control characters
 * and the characters that no URI may hold. CURIEs (`example:field`) have the same shape.
 */
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/;

export function isAbsoluteUri(text: string): boolean {
  return text.length <= URI_LENGTH_MAX && ABSOLUTE_URI.test(text);
}
