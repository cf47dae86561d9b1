import { JsonNumber, JsonObject, type JsonValue } from '#codec';
import { readDateTime } from '../epcis/time.js';
import { bareWord, type CbvKind } from './cbv-words.js';
import { pointerTo, type ObjectEditor } from './object-editor.js';
import type { RepairLog } from './repair-log.js';

/** Removes null and empty text, and the white space around text, from the named fields. */
export function tidyTexts(editor: ObjectEditor, fields: Iterable<string>): void {
  for (const name of fields) {
    const value = editor.get(name);
    if (value === null || (typeof value === 'string' && value.trim() === '')) {
      editor.remove(name, 'REPAIR_EMPTY_FIELD', `${name} is left out because nothing stands in it.`);
    } else if (typeof value === 'string' && value !== value.trim()) {
      editor.change(name, value.trim(), 'REPAIR_WHITE_SPACE', `White space around ${name} was cut off.`);
    }
  }
}

const ANY_NUMBER = /^([+-]?)0*(\d*)(\.\d*)?([eE][+-]?\d+)?$/;

/** The JSON number with the digits of `text`; undefined when it is no decimal number. */
export function numberOfText(text: string): JsonNumber | undefined {
  if (text.length > 64 || !/^[+-]?\.?\d/.test(text)) return undefined; // bounded first: the pattern may backtrack
  const match = ANY_NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction, exponent] = match;
  const digits = whole === '' ? '0' : whole;
  return new JsonNumber(
    `${sign === '-' ? '-' : ''}${digits}${fraction === '.' ? '' : (fraction ?? '')}${exponent ?? ''}`,
  );
}

export function repairNumber(editor: ObjectEditor, name: string): void {
  const value = editor.get(name);
  const number = typeof value === 'string' ? numberOfText(value.trim()) : undefined;
  if (number === undefined) return;
  editor.change(name, number, 'REPAIR_NUMBER', `${name} is a number in EPCIS 2.0 JSON, not text; its digits are kept.`);
}

export function repairText(editor: ObjectEditor, name: string): void {
  const value = editor.get(name);
  if (!(value instanceof JsonNumber)) return;
  editor.change(
    name,
    value.text,
    'REPAIR_TEXT',
    `${name} is text in EPCIS 2.0 JSON, not a number; its digits are kept.`,
  );
}

export function repairBoolean(editor: ObjectEditor, name: string): void {
  const value = editor.get(name);
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  if (text !== 'true' && text !== 'false') return;
  editor.change(name, text === 'true', 'REPAIR_BOOLEAN', `${name} is true or false in EPCIS 2.0 JSON, not text.`);
}

export function repairUpperCase(editor: ObjectEditor, name: string): void {
  const value = editor.get(name);
  if (typeof value !== 'string' || value === value.toUpperCase()) return;
  editor.change(name, value.toUpperCase(), 'REPAIR_LETTER_CASE', `${name} is written in capitals.`);
}

const BARE_WORD = 'Terms of the Core Business Vocabulary are written as bare words in EPCIS 2.0 JSON.';

export function repairTerm(editor: ObjectEditor, name: string, kind: CbvKind): void {
  const value = editor.get(name);
  const word = typeof value === 'string' ? bareWord(kind, value) : undefined;
  if (word !== undefined) editor.change(name, word, 'REPAIR_CBV_WORD', BARE_WORD);
}

/** Spellings of ISO 8601 that RFC 3339 does not have: a space for T, no seconds, an offset without colon or minutes. */
const LOOSE_TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d{1,12})?)?\s?(?:([Zz])|([+-]\d\d):?(\d\d)?)$/;

export function repairTime(editor: ObjectEditor, name: string): void {
  const value = editor.get(name);
  if (typeof value !== 'string' || readDateTime(value) !== undefined) return;
  const match = LOOSE_TIME.exec(value);
  if (match === null) return;
  const [, date, minutes, seconds, z, offsetHours, offsetMinutes] = match;
  const time = `${date}T${minutes}${seconds ?? ':00'}${z === undefined ? `${offsetHours}:${offsetMinutes ?? '00'}` : 'Z'}`;
  if (readDateTime(time) === undefined) return;
  editor.change(name, time, 'REPAIR_TIME', `${name} was brought into the form of RFC 3339; it is the same time.`);
}

/**
 * Makes a list of a field that holds one element without a list around it, or, as translations of EPCIS 1.2 do, an object around
 * the elements (`"epcList": {"epc": […]}`).
 * @returns the elements, each with its pointer; undefined when there is no such field
 */
export function listOf(
  editor: ObjectEditor,
  name: string,
  elementName?: string,
): { value: JsonValue; pointer: string }[] | undefined {
  if (!editor.has(name)) return undefined;
  let value = editor.get(name) as JsonValue;
  let pointer = editor.at(name);
  if (
    elementName !== undefined &&
    value instanceof JsonObject &&
    value.members.size === 1 &&
    value.members.has(elementName)
  ) {
    const inner = value.get(elementName) as JsonValue;
    pointer = pointerTo(pointer, elementName);
    const list = Array.isArray(inner) ? inner : [inner];
    editor.change(name, list, 'REPAIR_LAYOUT', `${name} is a plain list in EPCIS 2.0 JSON.`);
    return Array.isArray(inner) ? elementsOf(list, pointer) : [{ value: inner, pointer }];
  }
  if (!Array.isArray(value)) {
    editor.change(name, [value], 'REPAIR_SINGLE_VALUE', `${name} is a list, also around a single value.`);
    return [{ value, pointer }];
  }
  value = value as readonly JsonValue[];
  return elementsOf(value, pointer);
}

function elementsOf(list: readonly JsonValue[], pointer: string): { value: JsonValue; pointer: string }[] {
  return list.map((value, i) => ({ value, pointer: `${pointer}/${i}` }));
}

/** Identifiers of a list: white space cut off, and where a list is a set, none twice. */
export function repairIds(
  editor: ObjectEditor,
  name: string,
  options: { readonly elementName?: string; readonly unique: boolean },
): void {
  const elements = listOf(editor, name, options.elementName);
  if (elements === undefined) return;
  const ids: JsonValue[] = [];
  const seen = new Set<string>();
  for (const { value, pointer } of elements) {
    const id = trimmed(value, pointer, editor.log);
    if (options.unique && typeof id === 'string' && seen.has(id)) {
      editor.log.add('REPAIR_REPEATED_ITEM', pointer, value, undefined, `${name} named the item twice.`);
      continue;
    }
    if (typeof id === 'string') seen.add(id);
    ids.push(id);
  }
  editor.set(name, ids);
}

function trimmed(value: JsonValue, pointer: string, log: RepairLog): JsonValue {
  if (typeof value !== 'string' || value === value.trim()) return value;
  log.add('REPAIR_WHITE_SPACE', pointer, value, value.trim(), 'White space around an identifier was cut off.');
  return value.trim();
}

/** As `repairTerm`, for a list of terms. */
export function repairTerms(editor: ObjectEditor, name: string, kind: CbvKind): void {
  const elements = listOf(editor, name);
  if (elements === undefined) return;
  editor.set(
    name,
    elements.map(({ value, pointer }) => {
      const term = trimmed(value, pointer, editor.log);
      const word = typeof term === 'string' ? bareWord(kind, term) : undefined;
      if (word === undefined) return term;
      editor.log.add('REPAIR_CBV_WORD', pointer, term, word, BARE_WORD);
      return word;
    }),
  );
}
