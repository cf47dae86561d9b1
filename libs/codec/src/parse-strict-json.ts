import { failure, type Result } from './result.js';
import type { JsonValue } from './json-value.js';

export type JsonErrorCode =
  | 'JSON_NOT_UTF8'
  | 'JSON_SYNTAX'
  | 'JSON_DUPLICATE_KEY'
  | 'JSON_FORBIDDEN_KEY'
  | 'JSON_LONE_SURROGATE'
  | 'JSON_TOO_DEEP';

export interface JsonLimits {
  /** Deepest nesting of arrays and objects; default 64. */
  readonly depthMax?: number;
}

export function parseStrictJson(_bytes: Uint8Array, _limits: JsonLimits = {}): Result<JsonValue, JsonErrorCode> {
  return failure('JSON_SYNTAX', 'being written');
}
