/** Codes whose status is not that of their area. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  API_INVALID_REQUEST: 400,
  API_BAD_JSON: 400,
  API_BAD_CURSOR: 400,
  API_BAD_IDENTIFIER: 400,
  INDEX_BAD_CURSOR: 400,
  ENTRY_MALFORMED: 400,
  API_UNAUTHENTICATED: 401,
  API_NOT_FOUND: 404,
  API_NOT_ACCEPTABLE: 406,
  API_BODY_TOO_LARGE: 413,
  API_URI_TOO_LONG: 414,
  API_UNSUPPORTED_MEDIA_TYPE: 415,
  API_IDEMPOTENCY_IN_FLIGHT: 409,
  API_IDEMPOTENCY_KEY_REUSED: 422,
  API_INTERNAL: 500,
  API_INDEX_UNAVAILABLE: 503,
  API_STOPPING: 503,
  API_INDEX_BEHIND: 504,
};

/** By the area that a code's prefix names. What is well-formed but refused by a rule of the ledger is 422. */
const STATUS_OF_AREA: Readonly<Record<string, number>> = {
  API: 400,
  JSON: 400,
  CBOR: 400,
  COSE: 400,
  ENTRY: 422,
  LEDGER: 422,
  IDENTITY: 422,
  TRACE: 422,
  EPCIS: 400,
  GS1: 400,
  POOL: 503,
  NODE: 503,
};

/** What a code's last words mean for HTTP, in every area. */
const STATUS_OF_MEANING: readonly (readonly [RegExp, number])[] = [
  [/_(EXISTS|DUPLICATE|ALREADY_[A-Z_]+)$/, 409],
  [/_(NOT_FOUND|UNKNOWN_TRANSFER)$/, 404],
  [/_(NOT_OWNER|NOT_HOLDER|NOT_CUSTODIAN|NOT_RECEIVER|NOT_OFFERER|FOREIGN_PREFIX)$/, 403],
  [/_(TOO_LARGE|OVERSIZE)$/, 413],
];

/** The only place where a code becomes an HTTP status. @returns 500 for a code of no known area */
export function httpStatusOf(code: string): number {
  const exact = STATUS_OF_CODE[code];
  if (exact !== undefined) return exact;
  const area = STATUS_OF_AREA[code.slice(0, code.indexOf('_'))];
  if (area === undefined) return 500;
  if (area !== 503) for (const [pattern, status] of STATUS_OF_MEANING) if (pattern.test(code)) return status;
  return area;
}
