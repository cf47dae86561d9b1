import { failure, JsonNumber, writeJson, type Failure, type JsonValue } from '#codec';

/** What was repaired; stable, a row each in docs/reference/repair.md. */
export const REPAIR_CODES = [
  'REPAIR_BYTE_ORDER_MARK',
  'REPAIR_REPEATED_MEMBER',
  'REPAIR_FROM_XML',
  'REPAIR_LEFT_OUT',
  'REPAIR_LAYOUT',
  'REPAIR_DOCUMENT_FIELD',
  'REPAIR_BLANK_NODE_ID',
  'REPAIR_FIELD_NAME',
  'REPAIR_COMMENT',
  'REPAIR_UNKNOWN_FIELD',
  'REPAIR_REDUNDANT_TYPE',
  'REPAIR_EMPTY_FIELD',
  'REPAIR_WHITE_SPACE',
  'REPAIR_LETTER_CASE',
  'REPAIR_QUANTITY_EVENT',
  'REPAIR_CBV_WORD',
  'REPAIR_TIME',
  'REPAIR_TIME_ZONE_OFFSET',
  'REPAIR_NUMBER',
  'REPAIR_TEXT',
  'REPAIR_BOOLEAN',
  'REPAIR_SINGLE_VALUE',
  'REPAIR_REPEATED_ITEM',
] as const;
export type RepairCode = (typeof REPAIR_CODES)[number];

/** One change that was made before the document is signed. */
export interface Repair {
  /** RFC 6901, in the document as it was sent; of an XML document, in the JSON that it was translated to. */
  readonly pointer: string;
  readonly code: RepairCode;
  /** JSON text, cut after 300 characters; null where there was nothing, or nothing is left. */
  readonly before: string | null;
  readonly after: string | null;
  /** For people. */
  readonly sentence: string;
}

/** A longer list helps nobody, and holds the node's memory. */
export const REPAIRS_MAX = 100_000;
const SHOWN_CHARS_MAX = 300;

/** Collects what is repaired, and the first thing that cannot be. */
export class RepairLog {
  readonly repairs: Repair[] = [];
  refusal: Failure | undefined;

  add(
    code: RepairCode,
    pointer: string,
    before: JsonValue | undefined,
    after: JsonValue | undefined,
    sentence: string,
  ): void {
    if (this.repairs.length >= REPAIRS_MAX) {
      this.refuse('EPCIS_TOO_MANY_REPAIRS', `the document needs more than ${REPAIRS_MAX} repairs`, pointer);
      return;
    }
    this.repairs.push({ pointer, code, before: shown(before), after: shown(after), sentence });
  }

  refuse(code: string, detail: string, pointer: string): void {
    this.refusal ??= failure(code, detail, pointer);
  }
}

function shown(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  const text = value instanceof JsonNumber ? value.text : writeJson(value);
  return text.length <= SHOWN_CHARS_MAX ? text : `${text.slice(0, SHOWN_CHARS_MAX)}…`;
}
