import { encodeCbor, failure, fromHex, success, toHex, type CborValue, type Failure, type Result } from '#codec';
import { parseDid, type Did, type Height, type KeyId, type NetworkId } from '#identity';

/** What the protected header of a statement says; docs/protocol/entries.md. */
export interface StatementFields {
  readonly keyId: KeyId;
  readonly issuer: Did;
  /** 1..512 UTF-16 code units. */
  readonly subject: string;
  readonly networkId: NetworkId;
  /** Lower-case words with dots between them, at most 64 characters. */
  readonly kind: string;
  /** Last height at which the entry may be included. */
  readonly notAfter: Height;
  /** Media type, 1..128 printable ASCII characters. */
  readonly contentType: string;
}

export type StatementHeaderErrorCode = 'ENTRY_BAD_HEADER';

export const STATEMENT_BYTES_MAX = 2048;
export const SUBJECT_CHARS_MAX = 512;
export const KIND_CHARS_MAX = 64;
export const CONTENT_TYPE_CHARS_MAX = 128;
const KIND_SYNTAX = /^[a-z]+(\.[a-z-]+)*$/;
const CONTENT_TYPE_SYNTAX = /^[\x20-\x7e]+$/;

/** COSE header labels: RFC 9052 (1, 4), RFC 9597 (15), RFC 9995 (258, 259), private use below −65536 (ours). */
const LABEL = {
  algorithm: 1,
  keyId: 4,
  claims: 15,
  payloadHashAlgorithm: 258,
  contentType: 259,
  networkId: -70001,
  kind: -70002,
  notAfter: -70003,
} as const;
const LABEL_COUNT = Object.keys(LABEL).length;

/** CWT claims (RFC 8392). */
const CLAIM = { issuer: 1, subject: 2 } as const;

/** COSE algorithm `Ed25519` (RFC 9864); the older polymorphic `EdDSA` is not accepted. */
const ALGORITHM_ED25519 = -19;
/** COSE algorithm `SHA-256` (RFC 9054). */
const ALGORITHM_SHA256 = -16;

/** @throws TypeError when a field is outside its bounds: the caller is our own code */
export function encodeStatementHeader(fields: StatementFields): Uint8Array {
  const header = new Map<number, CborValue>([
    [LABEL.algorithm, ALGORITHM_ED25519],
    [LABEL.keyId, hexField(fields.keyId, 'keyId')],
    [
      LABEL.claims,
      new Map([
        [CLAIM.issuer, fields.issuer as string],
        [CLAIM.subject, fields.subject],
      ]),
    ],
    [LABEL.payloadHashAlgorithm, ALGORITHM_SHA256],
    [LABEL.contentType, fields.contentType],
    [LABEL.networkId, hexField(fields.networkId, 'networkId')],
    [LABEL.kind, fields.kind],
    [LABEL.notAfter, fields.notAfter],
  ]);
  const readBack = readStatementHeader(header);
  if (!readBack.ok) throw new TypeError(readBack.detail);
  return encodeCbor(header);
}

/** Reads exactly the header that `encodeStatementHeader` writes: every label required, no other allowed. */
export function readStatementHeader(
  header: ReadonlyMap<number | string, CborValue>,
): Result<StatementFields, StatementHeaderErrorCode> {
  if (header.get(LABEL.algorithm) !== ALGORITHM_ED25519) return bad('alg (1) must be -19, Ed25519');
  const keyId = header.get(LABEL.keyId);
  if (!isBytes32(keyId)) return bad('kid (4) must be 32 bytes');
  const claims = header.get(LABEL.claims);
  if (!(claims instanceof Map) || claims.size !== 2) return bad('the CWT claims (15) must be iss (1) and sub (2)');
  const issuer: unknown = claims.get(CLAIM.issuer);
  if (typeof issuer !== 'string') return bad('iss must be text');
  const did = parseDid(issuer);
  if (!did.ok) return bad(`iss: ${did.detail}`);
  const subject: unknown = claims.get(CLAIM.subject);
  if (!isText(subject, SUBJECT_CHARS_MAX)) return bad(`sub must be text of 1..${SUBJECT_CHARS_MAX} characters`);
  if (header.get(LABEL.payloadHashAlgorithm) !== ALGORITHM_SHA256) return bad('258 must be -16, SHA-256');
  const contentType = header.get(LABEL.contentType);
  if (!isText(contentType, CONTENT_TYPE_CHARS_MAX) || !CONTENT_TYPE_SYNTAX.test(contentType)) {
    return bad(`259 must be a media type of 1..${CONTENT_TYPE_CHARS_MAX} characters`);
  }
  const networkId = header.get(LABEL.networkId);
  if (!isBytes32(networkId)) return bad('the network id (-70001) must be 32 bytes');
  const kind = header.get(LABEL.kind);
  if (!isText(kind, KIND_CHARS_MAX) || !KIND_SYNTAX.test(kind)) return bad('the kind (-70002) is not well formed');
  const notAfter = header.get(LABEL.notAfter);
  if (typeof notAfter !== 'number' || notAfter < 0) return bad('not_after (-70003) must be a height');
  if (header.size !== LABEL_COUNT) return bad('the header holds labels that have no meaning here');
  return success({
    keyId: toHex(keyId) as KeyId,
    issuer: did.value,
    subject,
    networkId: toHex(networkId) as NetworkId,
    kind,
    notAfter,
    contentType,
  });
}

function bad(detail: string): Failure<StatementHeaderErrorCode> {
  return failure('ENTRY_BAD_HEADER', detail);
}

function isText(value: unknown, charsMax: number): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= charsMax && value.isWellFormed();
}

function isBytes32(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

function hexField(text: string, name: string): Uint8Array {
  const bytes = fromHex(text, 32);
  if (bytes === undefined) throw new TypeError(`${name}: expected 64 hexadecimal characters`);
  return bytes;
}
