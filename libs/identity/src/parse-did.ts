import { failure, success, type Result } from '#codec';
import type { Did } from './names.js';

export type DidErrorCode = 'IDENTITY_DID_TOO_LONG' | 'IDENTITY_DID_SYNTAX';

const DID_CHARS_MAX = 255;
/** W3C DID Core 1.0 section 3.1: `did:` method `:` id, where the id may hold colons but does not end in one. */
const DID_SYNTAX = /^did:[a-z0-9]+:(?:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+$/;

/** Two spellings are two DIDs: nothing is normalised. */
export function parseDid(text: string): Result<Did, DidErrorCode> {
  if (text.length > DID_CHARS_MAX)
    return failure('IDENTITY_DID_TOO_LONG', `a DID has at most ${DID_CHARS_MAX} characters`);
  if (!DID_SYNTAX.test(text))
    return failure('IDENTITY_DID_SYNTAX', 'expected did:method:id in the syntax of W3C DID Core');
  return success(text as Did);
}
