/** Codes whose status is not that of their area, by status. */
const CODES_OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  400: [
    'INDEX_BAD_CURSOR',
    'ENTRY_MALFORMED',
    'ENTRY_BAD_HEADER',
    'ENTRY_EMPTY_CONTENT',
    'TRACE_BAD_TYPE',
    'TRACE_BAD_VALUE',
    'TRACE_BAD_URI',
    'TRACE_MISSING_FIELD',
    'TRACE_UNKNOWN_FIELD',
    'TRACE_DUPLICATE_ITEM',
    'TRACE_WRONG_CONTENT_TYPE',
  ],
  401: ['API_UNAUTHENTICATED'],
  403: [
    'EPCIS_NOT_EVENT_AUTHOR',
    'IDENTITY_AUDITOR_CANNOT_WRITE',
    'IDENTITY_ORGANIZATION_NOT_ACTIVE',
    'TRACE_FOREIGN_PREFIX',
    'TRACE_NOT_CUSTODIAN',
    'TRACE_NOT_OFFERER',
    'TRACE_NOT_OWNER',
    'TRACE_NOT_PRODUCT_OWNER',
    'TRACE_NOT_RECALL_OPENER',
    'TRACE_NOT_RECEIVER',
  ],
  404: ['API_NOT_FOUND', 'TRACE_UNKNOWN_RECALL', 'TRACE_UNKNOWN_TRANSFER'],
  406: ['API_NOT_ACCEPTABLE'],
  409: [
    'API_IDEMPOTENCY_IN_FLIGHT',
    'API_QUERY_EXISTS',
    'ENTRY_DUPLICATE',
    'EPCIS_EVENT_EXISTS',
    'IDENTITY_KEY_ALREADY_REGISTERED',
    'TRACE_ALREADY_OFFERED',
    'TRACE_CONTENT_CHANGED',
    'TRACE_ITEM_EXISTS',
    'TRACE_PRODUCT_EXISTS',
    'TRACE_RECALL_NOT_OPEN',
    'TRACE_TRANSFER_EXPIRED',
    'TRACE_TRANSFER_NOT_OPEN',
  ],
  413: [
    'API_BODY_TOO_LARGE',
    'API_CAPTURE_LIMIT',
    'API_EXPORT_TOO_LARGE',
    'ENTRY_TOO_LARGE',
    'EPCIS_QUERY_TOO_COMPLEX',
    'EPCIS_QUERY_TOO_LARGE',
    'EPCIS_XML_TOO_LARGE',
  ],
  414: ['API_URI_TOO_LONG'],
  415: ['API_UNSUPPORTED_MEDIA_TYPE', 'EPCIS_MEDIA_TYPE'],
  422: ['API_IDEMPOTENCY_KEY_REUSED'],
  500: ['API_INTERNAL'],
  501: ['API_NOT_IMPLEMENTED'],
  503: ['API_CAPTURE_INTERRUPTED', 'API_INDEX_UNAVAILABLE', 'API_TOO_MANY_CAPTURES'],
  504: ['API_INDEX_BEHIND', 'API_NOT_FINAL'],
};
const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_OF_STATUS).flatMap(([status, codes]) => codes.map((code) => [code, Number(status)])),
);

/** By the area that a code's prefix names: 400 for what is not well-formed, 422 for what a rule of the ledger refuses. */
const STATUS_OF_AREA: Readonly<Record<string, number>> = {
  API: 400,
  JSON: 400,
  CBOR: 400,
  COSE: 400,
  EPCIS: 400,
  GS1: 400,
  ENTRY: 422,
  IDENTITY: 422,
  TRACE: 422,
  POOL: 503,
};

/** The only place where a code becomes an HTTP status. @returns 500 for a code of an area that no client should meet */
export function httpStatusOf(code: string): number {
  return STATUS_OF_CODE.get(code) ?? STATUS_OF_AREA[code.slice(0, code.indexOf('_'))] ?? 500;
}
