import { failure, success, type Result } from '#codec';
import { isAbsoluteUri } from './absolute-uri.js';
import { canonicalId, type IdentifierErrorCode } from './canonical-id.js';
import { EPC_SCHEMES, keyBase, splitParts, type UrnScheme } from './epc-urn.js';
import { canonicalGs1Key, type IdKind } from './gs1-keys.js';
import { decodePercent, isDigits, isGs1Text } from './gs1-text.js';

/**
 * What an identifier or an EPC pure identity pattern matches, in terms of canonical keys, as a query can use it.
 *
 * - `exact`: one key, in whichever spelling it was asked for.
 * - `class`: a pattern such as `urn:epc:idpat:sgtin:0614141.107346.*`. `key` is the class itself (what `epcClass` fields hold); `like`
 *   matches the keys of its instances.
 * - `pattern`: a pattern over several classes, `urn:epc:idpat:sgtin:0614141.*.*`; `like` matches the keys of all instances.
 *
 * `like` are SQL LIKE patterns with `\` as escape character, to be joined by OR. Each begins with as much literal text as there is, so that an index on
 * the key (collation C or `text_pattern_ops`) serves it.
 */
export type IdPattern =
  | { readonly kind: 'exact'; readonly key: string; readonly level: IdKind }
  | { readonly kind: 'class'; readonly key: string; readonly like: readonly string[] }
  | { readonly kind: 'pattern'; readonly like: readonly string[] };

const PATTERN_START = 'urn:epc:idpat:';

/** Stands for "one character or more" while a key is put together; no GS1 value can hold it. */
const ANY_TEXT = '\0';
const ANY_TEXT_ENCODED = '%00';
/** Stands for one character. No literal part in front of a wildcard can hold it: those are digits or of character set 39. */
const ANY_CHARACTER = '_';

/**
 * Reads what a query may ask for: an EPC pattern (GS1 EPC Tag Data Standard 2.1 section 8, wildcards only from some part to the end), or any
 * identifier that `canonicalId` takes. Patterns of schemes without a GS1 key match nothing but themselves.
 *
 * @returns failures as of `canonicalId`; `GS1_MALFORMED_KEY` also for a wildcard with something behind it
 */
export function idPattern(text: string): Result<IdPattern, IdentifierErrorCode> {
  if (!text.startsWith(PATTERN_START)) return exactly(text);
  if (!isAbsoluteUri(text)) return failure('GS1_BAD_URI', 'an EPC pattern is a URI of at most 512 characters');

  const [name = '', ...rest] = text.slice(PATTERN_START.length).split(':');
  const scheme = EPC_SCHEMES.get(`id:${name}`);
  if (scheme === undefined) return success({ kind: 'exact', key: text, level: 'other' });
  const parts = splitParts(rest.join(':'), scheme.parts.length + 2);
  const first = parts.indexOf('*');
  if (parts.length !== scheme.parts.length + 2 || (first >= 0 && parts.slice(first).some((part) => part !== '*'))) {
    return malformed(text);
  }
  // A pattern without a wildcard matches one thing.
  if (first < 0) return exactly(`urn:epc:id:${text.slice(PATTERN_START.length)}`);

  const keys = keyPatterns(scheme, name, parts, first);
  if (keys === undefined) return malformed(text);
  const like = keys.map(likeOf);
  const classKey = first === parts.length - 1 ? classKeyOfPattern(scheme, name, parts) : undefined;
  return success(classKey === undefined ? { kind: 'pattern', like } : { kind: 'class', key: classKey, like });
}

function exactly(text: string): Result<IdPattern, IdentifierErrorCode> {
  const id = canonicalId(text);
  return id.ok ? success({ kind: 'exact', key: id.value.key, level: id.value.kind }) : id;
}

/** @param first - index of the first wildcard; 0 = even the company prefix is open */
function keyPatterns(scheme: UrnScheme, name: string, parts: readonly string[], first: number): string[] | undefined {
  const values = valuesBefore(scheme, parts, first);
  if (values === undefined) return undefined;
  const keys = basePatterns(scheme, parts, first)?.map((base) => scheme.key(base, values));
  // Without an extension (`.0`) a GLN's key ends before AI 254; the number has a fixed length, so whatever follows is the extension.
  return name === 'sgln' && first < parts.length ? keys?.map((key) => key.replace(/\/254\/.*$/, '/any')) : keys;
}

/** The parts behind the reference: what is given, and placeholders from the first wildcard on. */
function valuesBefore(scheme: UrnScheme, parts: readonly string[], first: number): string[] | undefined {
  const values: string[] = [];
  for (const [i, { lengthMax, set }] of scheme.parts.entries()) {
    if (i + 2 >= first) {
      // Piece and total of an ITIP have two digits each and stand inside of one value.
      values.push(set === 'digits' && lengthMax === 2 ? ANY_CHARACTER.repeat(2) : ANY_TEXT);
      continue;
    }
    const value = decodePercent(parts[i + 2] as string);
    if (value === undefined || !isGs1Text(value, lengthMax, set)) return undefined;
    values.push(value);
  }
  return values;
}

/** Company prefix and reference with placeholders; several where the key begins with a digit of the reference. */
function basePatterns(scheme: UrnScheme, parts: readonly string[], first: number): string[] | undefined {
  const [companyPrefix = '', reference = ''] = parts;
  if (first > 0 && !isDigits(companyPrefix)) return undefined;
  if (first > 1) {
    const base = keyBase(scheme, companyPrefix, reference);
    return base === undefined ? undefined : [base];
  }
  const given = first === 0 ? '' : companyPrefix;
  if (scheme.digits === undefined) {
    return given.length < (scheme.referenceMax ?? 0) ? [given + ANY_TEXT] : undefined;
  }
  // With the check digit, and without the digit that stands in front of the company prefix.
  const open = scheme.digits + 1 - given.length - (scheme.leadsWithReference === true ? 1 : 0);
  if (open < 1) return undefined;
  const base = given + ANY_CHARACTER.repeat(open);
  if (scheme.leadsWithReference !== true) return [base];
  return given === '' ? [ANY_CHARACTER + base] : [...'0123456789'].map((digit) => digit + base);
}

/** The LIKE pattern of a key with placeholders. */
function likeOf(key: string): string {
  if (key.endsWith('/any')) return `${key.slice(0, -'/any'.length)}%`;
  return key
    .split(ANY_TEXT_ENCODED)
    .map((literal) => literal.replaceAll('%', '\\%'))
    .join('_%');
}

function classKeyOfPattern(scheme: UrnScheme, name: string, parts: readonly string[]): string | undefined {
  const base = keyBase(scheme, parts[0] as string, parts[1] as string);
  if (base === undefined) return undefined;
  // A GTIN is the class of items with third-party serial numbers too.
  if (name === 'upui') return canonicalGs1Key(['01', base]);
  return scheme.classKey?.(base, parts.slice(2, -1));
}

function malformed(text: string): Result<never, IdentifierErrorCode> {
  return failure('GS1_MALFORMED_KEY', `not a well-formed EPC pattern: ${text.slice(0, 100)}`);
}
