import {
  bytesEqual,
  decodeSign1,
  failure,
  sha256,
  sigStructure,
  success,
  toHex,
  type CoseErrorCode,
  type Result,
} from '#codec';
import type { NetworkId } from '#identity';
import type { DecodedEntry, EntryId, EntryRules, Statement } from '../entry.types.js';
import { leafHash } from '../log/hashes.js';
import type { EncodedEntry } from './sign-entry.js';
import { readStatementHeader, STATEMENT_BYTES_MAX, type StatementHeaderErrorCode } from './statement-header.js';

export const CONTENT_BYTES_MAX = 1_048_576;

export type StatementErrorCode = 'ENTRY_TOO_LARGE' | CoseErrorCode | StatementHeaderErrorCode;

/** Codes of `decodeEntry` besides those of the rules, in the order of the checks. */
export type EntryDecodeErrorCode =
  | StatementErrorCode
  | 'ENTRY_EMPTY_CONTENT'
  | 'ENTRY_WRONG_NETWORK'
  | 'ENTRY_CONTENT_HASH_MISMATCH'
  | 'ENTRY_UNKNOWN_KIND';

export interface DecodeEntryOptions {
  readonly networkId: NetworkId;
  readonly rules: EntryRules;
}

/**
 * Reads a Signed Statement: size, then CBOR and COSE, then header. Does not verify the signature.
 * @param bytes - 1..STATEMENT_BYTES_MAX (2,048) bytes
 */
export function decodeStatement(bytes: Uint8Array): Result<Statement, StatementErrorCode> {
  if (bytes.length > STATEMENT_BYTES_MAX) {
    return failure('ENTRY_TOO_LARGE', `a statement has at most ${STATEMENT_BYTES_MAX} bytes`);
  }
  const sign1 = decodeSign1(bytes);
  if (!sign1.ok) return sign1;
  const { protectedBytes, protectedHeader, payload, signature } = sign1.value;
  const header = readStatementHeader(protectedHeader);
  if (!header.ok) return header;
  if (payload.length !== 32) return failure('ENTRY_BAD_HEADER', 'the payload must be a SHA-256 hash');
  const toBeSigned = sigStructure(protectedBytes, payload);
  return success({
    bytes,
    entryId: toHex(sha256(toBeSigned)) as EntryId,
    sigStructure: toBeSigned,
    signature,
    ...header.value,
    contentHash: payload,
  });
}

/**
 * Reads an entry. Spec: docs/protocol/entries.md, checks in that order, the first failure is returned: sizes, CBOR and COSE,
 * header, network, content hash, then what the rules say about kind and content. Does not verify the signature.
 */
export function decodeEntry(
  statementBytes: Uint8Array,
  content: Uint8Array,
  { networkId, rules }: DecodeEntryOptions,
): Result<DecodedEntry> {
  if (content.length > CONTENT_BYTES_MAX) {
    return failure('ENTRY_TOO_LARGE', `a content has at most ${CONTENT_BYTES_MAX} bytes`);
  }
  if (content.length === 0) return failure('ENTRY_EMPTY_CONTENT', 'the content is empty');
  const statement = decodeStatement(statementBytes);
  if (!statement.ok) return statement;
  if (statement.value.networkId !== networkId) {
    return failure('ENTRY_WRONG_NETWORK', `the entry is for network ${statement.value.networkId}`);
  }
  if (!bytesEqual(sha256(content), statement.value.contentHash)) {
    return failure('ENTRY_CONTENT_HASH_MISMATCH', 'the content is not the one that was signed');
  }
  const action = rules.read(statement.value, content);
  if (!action.ok) return action;
  return success({
    statement: statement.value,
    content,
    leafHash: leafHash(statementBytes),
    action: action.value,
    size: statementBytes.length + content.length,
  });
}

/** Whether these bytes are this very entry, signature included: then nothing about it needs to be read or verified again. */
export function isSameEntry(entry: DecodedEntry, { statement, content }: EncodedEntry): boolean {
  return bytesEqual(entry.statement.bytes, statement) && bytesEqual(entry.content, content);
}
