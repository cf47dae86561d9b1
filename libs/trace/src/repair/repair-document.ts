import {
  failure,
  JsonObject,
  parseStrictJson,
  sha256,
  success,
  toHex,
  utf8Encode,
  writeJson,
  type JsonValue,
  type Result,
} from '#codec';
import { dropRepeatedMembers } from '../drafts/drop-repeated-members.js';
import { readEpcisContent } from '../epcis/read-content.js';
import { jsonObject, pointerTo } from './object-editor.js';
import { repairJson } from './repair-json.js';
import { RepairLog, type Repair } from './repair-log.js';
import { jsonOfXml } from './xml/json-of-xml.js';

/** Extension member of a repaired document: SHA-256 of the bytes as they were sent, 64 hexadecimal digits. */
export const ORIGINAL_HASH_FIELD = 'urn:lading:originalSha256';

export interface RepairedDocument {
  /** Strict EPCIS 2.0 JSON; the very bytes that were given when nothing was repaired. */
  readonly document: Uint8Array;
  /** Every repair, in the order in which they were made; empty when nothing was. */
  readonly repairs: readonly Repair[];
  /** SHA-256 of the bytes that were given, 64 hexadecimal digits. */
  readonly originalSha256: string;
}

export interface RepairOptions {
  /**
   * `refuse` (default): what is not valid after the repairs is refused here. `keep`: it stays in the document for a reader that judges
   * event by event, as `GS1-Capture-Error-Behaviour: proceed` does.
   */
  readonly unrepairable?: 'refuse' | 'keep';
}

/**
 * Makes strict EPCIS 2.0 JSON of what the real world sends, and says everything that it changed (docs/reference/repair.md). It repairs
 * what can be read in one way only; numbers keep their digits. A repaired document carries the hash of what was sent
 * (`ORIGINAL_HASH_FIELD`), so that whoever has the original can prove that it is the one.
 *
 * @param bytes - EPCIS 2.0 JSON, or EPCIS 1.x or 2.0 XML; bounding their size is the caller's, except for XML (`EPCIS_XML_TOO_LARGE`)
 * @param mediaType - Content-Type, parameters allowed
 * @returns failure `EPCIS_MEDIA_TYPE`, `EPCIS_AMBIGUOUS_FIELD`, `EPCIS_TOO_MANY_REPAIRS`, `EPCIS_XML_…`, or what the strict reader says of what is left
 * (`JSON_…`, `EPCIS_…`, `GS1_…`; its pointer counts in the repaired document)
 */
export function repairDocument(
  bytes: Uint8Array,
  mediaType: string,
  options: RepairOptions = {},
): Result<RepairedDocument> {
  const log = new RepairLog();
  const read = readAny(bytes, mediaType, log);
  if (!read.ok) return read;
  const repaired = repairJson(read.value, log);
  if (log.refusal !== undefined) return log.refusal;

  const originalSha256 = toHex(sha256(bytes));
  const json = log.repairs.length === 0 ? repaired : withOriginalHash(repaired, originalSha256);
  if (options.unrepairable !== 'keep') {
    const content = readEpcisContent(json);
    if (!content.ok) return content;
  }
  const document = log.repairs.length === 0 ? bytes : utf8Encode(writeJson(json));
  return success({ document, repairs: log.repairs, originalSha256 });
}

function readAny(bytes: Uint8Array, mediaType: string, log: RepairLog): Result<JsonValue> {
  const type = (mediaType.split(';', 1)[0] as string).trim().toLowerCase();
  if (/[/+]xml$/.test(type)) return jsonOfXml(bytes, log);
  if (/[/+]json$/.test(type)) return readJson(bytes, log);
  return failure('EPCIS_MEDIA_TYPE', 'documents are repaired from JSON and from XML');
}

function readJson(bytes: Uint8Array, log: RepairLog): Result<JsonValue> {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = hasMark ? bytes.subarray(3) : bytes;
  if (hasMark) {
    log.add(
      'REPAIR_BYTE_ORDER_MARK',
      '',
      undefined,
      undefined,
      'The byte order mark before the JSON text was cut off.',
    );
  }
  const json = parseStrictJson(text);
  if (json.ok || json.code !== 'JSON_DUPLICATE_KEY') return json;
  const { bytes: once, dropped } = dropRepeatedMembers(text);
  for (const { name, pointer, text: cut } of dropped) {
    const sentence = `${name} stood there more than once; the last one counts, as for nearly every reader of JSON.`;
    log.add('REPAIR_REPEATED_MEMBER', pointerTo(pointer, name), cut, undefined, sentence);
  }
  return parseStrictJson(once);
}

function withOriginalHash(json: JsonValue, hash: string): JsonValue {
  if (!(json instanceof JsonObject)) return json;
  return jsonObject([...json.members, [ORIGINAL_HASH_FIELD, hash]]);
}
