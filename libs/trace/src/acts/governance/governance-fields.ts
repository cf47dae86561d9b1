import { fromHex, JsonNumber } from '#codec';
import {
  isApiUrl,
  isGln,
  isLanguageTag,
  isNodeAddress,
  type Did,
  type Height,
  type KeyWithProof,
  type ProposalId,
} from '#identity';
import type { FieldReader } from '../../field-reader.js';

const NAMES_MAX = 20;
const GLNS_MAX = 100;
const KEY_FIELDS: ReadonlySet<string> = new Set(['publicKey', 'proof']);

/** Why, in words for people. */
export const REASON_BOUNDS = { lengthMax: 2000 };
const DID_BOUNDS = { lengthMax: 255 };

export function readHex(content: FieldReader, name: string, length: number): Uint8Array {
  const text = content.matching(
    name,
    (hex) => fromHex(hex, length) !== undefined,
    `${length} bytes in lower-case hexadecimal`,
  );
  return fromHex(text, length) ?? new Uint8Array(length);
}

/** The text of an id: 32 bytes in hexadecimal. */
export function readId<Id extends string>(content: FieldReader, name: string): Id {
  return content.matching(name, (hex) => fromHex(hex, 32) !== undefined, '32 bytes in lower-case hexadecimal') as Id;
}

export function readProposalId(content: FieldReader): ProposalId {
  return readId<ProposalId>(content, 'proposal');
}

/** As it is written; whether there is such an organisation is asked later. */
export function readDid(content: FieldReader): Did {
  return content.text('did', DID_BOUNDS) as Did;
}

/** A whole number that is not negative: a height, a number of blocks, a percentage. */
export function readWhole(content: FieldReader, name: string): Height {
  const value = content.value(name);
  if (value instanceof JsonNumber && /^(?:0|[1-9][0-9]{0,14})$/.test(value.text)) return Number(value.text);
  if (value !== undefined)
    content.problems.add('BAD_VALUE', `${name} must be a whole number that is not negative`, content.at(name));
  return 0;
}

export function optionalWhole(content: FieldReader, name: string): Height | undefined {
  return content.has(name) ? readWhole(content, name) : undefined;
}

export function readFlag(content: FieldReader, name: string): boolean {
  if (!content.has(name)) return false;
  const value = content.value(name);
  if (typeof value === 'boolean') return value;
  content.problems.add('BAD_TYPE', `${name} must be true or false`, content.at(name));
  return false;
}

export function readOneOf<T extends string>(content: FieldReader, name: string, known: readonly T[]): T {
  return content.matching(name, (text) => known.some((one) => one === text), `one of ${known.join(', ')}`) as T;
}

/** `{publicKey, proof}` of 32 and 64 bytes; the key is not yet admitted, the proof not verified. */
export function readKeyWithProof(content: FieldReader, name: string): KeyWithProof {
  const key = content.child(name);
  key?.onlyFields(KEY_FIELDS, 'no-extensions');
  if (key === undefined) return { publicKey: new Uint8Array(32), proof: new Uint8Array(64) };
  return { publicKey: readHex(key, 'publicKey', 32), proof: readHex(key, 'proof', 64) };
}

export function readTexts(
  content: FieldReader,
  name: string,
  { max, isValid, rule }: { max: number; isValid: (text: string) => boolean; rule: string },
): readonly string[] {
  const values = content.list(name);
  if (values.length > max) content.problems.add('BAD_VALUE', `${name} has at most ${max} elements`, content.at(name));
  return values.slice(0, max).map((value, i) => {
    const text = typeof value === 'string' ? value : '';
    if (!isValid(text)) content.problems.add('BAD_VALUE', `must be ${rule}`, content.at(name, i));
    if (values.indexOf(value) !== i) content.problems.add('BAD_VALUE', 'stands there twice', content.at(name, i));
    return text;
  });
}

// What an organisation says about itself, field by field.

export function readName(content: FieldReader, name = 'name'): string {
  const text = content.text(name, { lengthMax: 200 });
  if (content.problems.first === undefined && text.trim() === '')
    content.problems.add('BAD_VALUE', 'a name is not blank', content.at(name));
  return text;
}

/** The name in further languages, by language tag. */
export function readNames(content: FieldReader): Readonly<Record<string, string>> {
  const names = content.child('names');
  if (names === undefined) return {};
  const tags = [...names.object.members.keys()];
  if (tags.length < 1 || tags.length > NAMES_MAX)
    names.problems.add('BAD_VALUE', `names in 1..${NAMES_MAX} languages`, names.pointer);
  for (const tag of tags) {
    if (!isLanguageTag(tag))
      names.problems.add('BAD_VALUE', 'must be a language tag such as zh or en-GB', names.at(tag));
  }
  return Object.fromEntries(tags.slice(0, NAMES_MAX).map((tag) => [tag, readName(names, tag)]));
}

export function readContact(content: FieldReader): string {
  return content.text('contact', { lengthMax: 500 });
}

export function readGln(content: FieldReader): string {
  return content.matching('gln', isGln, GLN_RULE);
}

export function readFurtherGlns(content: FieldReader): readonly string[] {
  return readTexts(content, 'furtherGlns', { max: GLNS_MAX, isValid: isGln, rule: GLN_RULE });
}

export function readNodeAddress(content: FieldReader): string {
  return content.matching('nodeAddress', isNodeAddress, 'host:port');
}

export function readApiUrl(content: FieldReader): string {
  return content.matching('apiUrl', isApiUrl, 'an https URL without query, fragment and user');
}

const GLN_RULE = '13 digits, the last of which is the check digit';
