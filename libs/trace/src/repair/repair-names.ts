import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import type { ObjectEditor } from './object-editor.js';

/** Fields that EPCIS does not know are kept under this prefix: an extension's name has to be a URI. */
export const UNKNOWN_FIELD_PREFIX = 'urn:lading:unknown:';

/** JSON-LD's keywords, and the word of EPCIS 2.0's drafts. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['isA', 'type'],
  ['@type', 'type'],
  ['@id', 'id'],
]);
const COMMENT = /^(?:[_#$/].*|comments?)$/i;
/** The JSON-LD class of a thing whose place says already what it is. */
const CLASS_NAME =
  /^(?:epcis:|https:\/\/ref\.gs1\.org\/epcis\/)?(?:Sensor(?:Element|Metadata|Report)|QuantityElement|BizTransaction|Source|Destination|ErrorDeclaration|PersistentDisposition)$/;

/**
 * Gives every member of an object a name that EPCIS accepts. A member without one is kept as an extension where extensions are
 * allowed; elsewhere it stays, for the strict reader to refuse.
 */
export function repairNames(
  editor: ObjectEditor,
  known: ReadonlySet<string>,
  extensions: 'uri-extensions' | 'no-extensions',
): void {
  for (const name of editor.names) {
    if (known.has(name) || (extensions === 'uri-extensions' && isAbsoluteUri(name))) continue;
    const meant = ALIASES.get(name) ?? sameLetters(known, name);
    const value = editor.get(name);
    if (meant !== undefined && known.has(meant)) {
      editor.rename(name, meant, 'REPAIR_FIELD_NAME', `The field is called ${meant} in EPCIS 2.0.`);
    } else if ((meant ?? name) === 'type' && typeof value === 'string' && CLASS_NAME.test(value)) {
      editor.remove(name, 'REPAIR_REDUNDANT_TYPE', 'There is no type here; its place says what this is.');
    } else if (COMMENT.test(name)) {
      editor.remove(name, 'REPAIR_COMMENT', 'A comment, which EPCIS has no place for, was left out.');
    } else if (extensions === 'uri-extensions') {
      const extension = UNKNOWN_FIELD_PREFIX + encodeURIComponent(name);
      const sentence = 'EPCIS has no such field here; it is kept as an extension, whose name has to be a URI.';
      editor.rename(name, extension, 'REPAIR_UNKNOWN_FIELD', sentence);
    }
  }
}

const LOWER_CASE = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, string>>();

function sameLetters(known: ReadonlySet<string>, name: string): string | undefined {
  let names = LOWER_CASE.get(known);
  if (names === undefined) {
    names = new Map([...known].map((field) => [field.toLowerCase(), field]));
    LOWER_CASE.set(known, names);
  }
  return names.get(name.toLowerCase());
}
