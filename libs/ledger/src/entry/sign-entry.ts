import { assertBytes, encodeSign1, sha256, sigStructure, toHex } from '#codec';
import type { Signer } from '#identity';
import type { EntryId } from '../entry.types.js';
import { encodeStatementHeader, STATEMENT_BYTES_MAX, type StatementFields } from './statement-header.js';

/** What a key holder needs to sign, and to put the statement together afterwards. */
export interface StatementToSign {
  readonly protectedBytes: Uint8Array;
  /** SHA-256 of the content. */
  readonly payload: Uint8Array;
  /** The COSE Sig_structure: a few hundred bytes, whatever the size of the content. */
  readonly toBeSigned: Uint8Array;
  /** Known before it is signed. */
  readonly entryId: EntryId;
}

/** Payload, signature and CBOR heads around the protected header. */
const SIGN1_OVERHEAD = 32 + 64 + 16;

/** A statement and its content, as they travel and as they stand in a block. */
export interface EncodedEntry {
  readonly statement: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * For keys that live elsewhere (KMS, HSM): sign `toBeSigned` with Ed25519, then `encodeStatement`.
 * @throws TypeError when a field is outside its bounds
 */
export function statementToSign(fields: StatementFields, content: Uint8Array): StatementToSign {
  const protectedBytes = encodeStatementHeader(fields);
  if (protectedBytes.length + SIGN1_OVERHEAD > STATEMENT_BYTES_MAX) {
    throw new TypeError(
      `the header has ${protectedBytes.length} bytes: a statement would exceed ${STATEMENT_BYTES_MAX}`,
    );
  }
  const payload = sha256(content);
  const toBeSigned = sigStructure(protectedBytes, payload);
  return { protectedBytes, payload, toBeSigned, entryId: toHex(sha256(toBeSigned)) as EntryId };
}

/** @param signature - 64 bytes over `toBeSigned` */
export function encodeStatement(
  { protectedBytes, payload }: Pick<StatementToSign, 'protectedBytes' | 'payload'>,
  signature: Uint8Array,
): Uint8Array {
  assertBytes(signature, 64, 'signature');
  return encodeSign1(protectedBytes, payload, signature);
}

/**
 * @param content - the bytes exactly as they shall be recorded
 * @throws TypeError when a field is outside its bounds
 */
export function signEntry(fields: StatementFields, content: Uint8Array, signer: Signer): EncodedEntry {
  const unsigned = statementToSign(fields, content);
  return { statement: encodeStatement(unsigned, signer.sign(unsigned.toBeSigned)), content };
}
