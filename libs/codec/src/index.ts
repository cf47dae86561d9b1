export { success, failure, type Success, type Failure, type Result } from './result.js';
export { InvariantViolation, assertInvariant } from './invariant.js';
export type { Brand } from './brand.js';
export {
  assertBytes,
  bytesEqual,
  compareBytes,
  compareStrings,
  concatBytes,
  toHex,
  fromHex,
  utf8Encode,
  utf8Decode,
} from './bytes.js';
export { toBase64, fromBase64, toBase64Url, fromBase64Url } from './base64.js';
export { HASH_BYTES, installSha256, sha256 } from './sha256.js';
export { encodeCbor, decodeCbor } from './cbor.js';
export { Tagged, type CborValue } from './cbor-value.js';
export type { CborErrorCode } from './cbor-reader.js';
export { sigStructure, encodeSign1, decodeSign1, type CoseSign1, type CoseErrorCode } from './cose-sign1.js';
export { JsonNumber, JsonObject, type JsonValue } from './json-value.js';
export { parseStrictJson, type JsonErrorCode, type JsonLimits } from './parse-strict-json.js';
export type { RecordType, RecordReader, RecordWriter } from './record.js';
export { writeJson } from './write-json.js';
