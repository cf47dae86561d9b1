import { JsonObject, type JsonValue } from '#codec';
import type { CompanyPrefixLength } from './company-prefix.js';
import { toDigitalLink, toEpcUrn, type Translation } from './translate-id.js';

/** Values of the header `GS1-EPC-Format`. */
export const EPC_FORMATS = ['No_Preference', 'Always_GS1_Digital_Link', 'Always_EPC_URN', 'Never_Translates'] as const;
export type EpcFormat = (typeof EPC_FORMATS)[number];

/** A member that holds identifiers: itself, or in the named member of its object or objects. */
const IDENTIFIER_MEMBERS: ReadonlyMap<string, string | undefined> = new Map<string, string | undefined>([
  ['epcList', undefined],
  ['childEPCs', undefined],
  ['inputEPCList', undefined],
  ['outputEPCList', undefined],
  ['parentID', undefined],
  ['transformationID', undefined],
  ['quantityList', 'epcClass'],
  ['childQuantityList', 'epcClass'],
  ['inputQuantityList', 'epcClass'],
  ['outputQuantityList', 'epcClass'],
  ['readPoint', 'id'],
  ['bizLocation', 'id'],
  ['bizTransactionList', 'bizTransaction'],
  ['sourceList', 'source'],
  ['destinationList', 'destination'],
]);

/**
 * An event with the GS1 keys of its standard fields in the asked spelling (header `GS1-EPC-Format`). Everything else stays: other
 * identifiers, extensions, the text of numbers, the order of members. An identifier that has no such spelling stays as it is too.
 *
 * @param event - as `parseStrictJson` reads it; what comes out is for `writeJson`, its offsets do not point anywhere
 * @param prefixLength - needed for `Always_EPC_URN` only
 * @returns `event` itself when nothing is to be translated
 */
export function translateEvent(event: JsonValue, format: EpcFormat, prefixLength: CompanyPrefixLength): JsonValue {
  if (format === 'No_Preference' || format === 'Never_Translates' || !(event instanceof JsonObject)) return event;
  const translate = (text: string): Translation =>
    format === 'Always_EPC_URN' ? toEpcUrn(text, prefixLength) : toDigitalLink(text);
  return withMembers(event, (name, value) =>
    IDENTIFIER_MEMBERS.has(name) ? translated(value, IDENTIFIER_MEMBERS.get(name), translate) : value,
  );
}

/** @param member - name of the member that holds the identifier; undefined = the value is one */
function translated(value: JsonValue, member: string | undefined, translate: (text: string) => Translation): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((element) => translated(element, member, translate));
  }
  if (typeof value === 'string' && member === undefined) {
    const translation = translate(value);
    return translation.translated ? translation.id : value;
  }
  if (value instanceof JsonObject && member !== undefined) {
    return withMembers(value, (name, inner) => (name === member ? translated(inner, undefined, translate) : inner));
  }
  return value;
}

function withMembers(object: JsonObject, change: (name: string, value: JsonValue) => JsonValue): JsonObject {
  const members = [...object.members].map(([name, value]) => [name, change(name, value)] as const);
  return new JsonObject(new Map(members), object.start, object.end);
}
