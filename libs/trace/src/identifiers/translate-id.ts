import { canonicalId } from './canonical-id.js';
import type { CompanyPrefixLength } from './company-prefix.js';
import { CANONICAL_PREFIX, PRIMARY_KEYS, type PrimaryKey } from './gs1-keys.js';
import { decodePercent, isDigits } from './gs1-text.js';

/** An identifier in the asked spelling, or why it has none. */
export type Translation =
  | { readonly translated: true; readonly id: string }
  /**
   * `no-gs1-key`: any other URI, or a key that is not right. `no-urn`: GS1 has no EPC URN for this key. `unknown-prefix-length`: there
   * is one, but nothing tells how long the company prefix is.
   */
  | { readonly translated: false; readonly reason: 'no-gs1-key' | 'no-urn' | 'unknown-prefix-length' };

/**
 * The GS1 Digital Link of an EPC URN, on id.gs1.org. A Digital Link, on whatever domain, stays as it is.
 *
 * @example toDigitalLink('urn:epc:id:sscc:0614141.1234567890') // https://id.gs1.org/00/106141412345678908
 */
export function toDigitalLink(text: string): Translation {
  const id = canonicalId(text);
  if (!id.ok || id.value.kind === 'other') return { translated: false, reason: 'no-gs1-key' };
  return { translated: true, id: text.startsWith('urn:') ? id.value.key : text };
}

/**
 * The EPC URN of a GS1 Digital Link: `urn:epc:id:…` for instances, `urn:epc:class:lgtin:…` for lots, `urn:epc:idpat:….*` for
 * classes. What an URN cannot say (a lot beside a serial, the query string) is left out. An EPC URN stays as it is.
 */
export function toEpcUrn(text: string, prefixLength: CompanyPrefixLength): Translation {
  const id = canonicalId(text);
  if (!id.ok || id.value.kind === 'other') return { translated: false, reason: 'no-gs1-key' };
  if (text.startsWith('urn:')) return { translated: true, id: text };

  const [ai = '', value = '', ...qualifiers] = id.value.key
    .slice(CANONICAL_PREFIX.length)
    .split('/')
    .map((part) => decodePercent(part) as string);
  const form = URN_FORMS.get([ai, ...qualifiers.filter((_, i) => i % 2 === 0)].join('/'));
  if (form === undefined) return { translated: false, reason: 'no-urn' };

  const split = splitKey(PRIMARY_KEYS.get(ai) as PrimaryKey, value);
  const length = prefixLength(split.base);
  if (length === undefined || !isDigits(split.base.slice(0, length), length)) {
    return { translated: false, reason: 'unknown-prefix-length' };
  }
  const reference = split.leading + split.base.slice(length);
  // A key without digits of a fixed number needs something behind the company prefix.
  if (reference === '' && split.isText) return { translated: false, reason: 'no-urn' };
  const parts = [split.base.slice(0, length), encodeUrnPart(reference), ...form.parts(split.tail, qualifiers[1] ?? '')];
  return { translated: true, id: `${form.start(split.tail)}:${parts.join('.')}` };
}

interface SplitKey {
  /** Indicator or extension digit, which a URN writes in front of the reference; '' where there is none. */
  readonly leading: string;
  /** Company prefix and reference without check digit. */
  readonly base: string;
  /** What stands behind the check digit: a serial number, or piece and total of an ITIP. */
  readonly tail: string;
  readonly isText: boolean;
}

function splitKey(key: PrimaryKey, value: string): SplitKey {
  const length = key.digits.at(-1);
  if (length === undefined) return { leading: '', base: value, tail: '', isText: true };
  const checkDigitAt = length - 1 - (key.digitsAfterCheck ?? 0);
  // The first digit of a GRAI is a filler, which its URN does not have.
  const leading = key.ai === '8003' ? '' : value.slice(0, key.leadingDigits);
  return {
    leading,
    base: value.slice(key.leadingDigits, checkDigitAt),
    tail: value.slice(checkDigitAt + 1),
    isText: false,
  };
}

interface UrnForm {
  /** The URN in front of the company prefix, without the colon. */
  start(tail: string): string;
  /** The parts behind the reference. */
  parts(tail: string, qualifier: string): readonly string[];
}

function named(scheme: string, parts: UrnForm['parts'] = () => []): UrnForm {
  return { start: () => `urn:epc:${scheme}`, parts };
}

/** A qualifier is the last part. */
function qualified(scheme: string): UrnForm {
  return named(scheme, (_tail, qualifier) => [encodeUrnPart(qualifier)]);
}

/** Keys whose serial number is optional and stands within the value: without it they name a class. */
function tailed(scheme: string): UrnForm {
  return {
    start: (tail) => `urn:epc:${tail === '' ? 'idpat' : 'id'}:${scheme}`,
    parts: (tail) => [tail === '' ? '*' : encodeUrnPart(tail)],
  };
}

/** By the application identifiers of the canonical key. */
const URN_FORMS: ReadonlyMap<string, UrnForm> = new Map([
  ['01', named('idpat:sgtin', () => ['*'])],
  ['01/21', qualified('id:sgtin')],
  ['01/10', qualified('class:lgtin')],
  ['01/235', qualified('id:upui')],
  ['8006', named('idpat:itip', (tail) => [tail.slice(0, 2), tail.slice(2), '*'])],
  ['8006/21', named('id:itip', (tail, serial) => [tail.slice(0, 2), tail.slice(2), encodeUrnPart(serial)])],
  ['00', named('id:sscc')],
  ['414', named('id:sgln', () => ['0'])],
  ['414/254', qualified('id:sgln')],
  ['417', named('id:pgln')],
  ['8003', tailed('grai')],
  ['253', tailed('gdti')],
  ['255', tailed('sgcn')],
  ['8004', named('id:giai')],
  ['8017', named('id:gsrnp')],
  ['8018', named('id:gsrn')],
  ['8010', named('idpat:cpi', () => ['*'])],
  ['8010/8011', qualified('id:cpi')],
  ['401', named('id:ginc')],
  ['402', named('id:gsin')],
]);

/** Characters that an EPC URN percent-encodes (GS1 EPC Tag Data Standard 2.1 section 6.3, table A-1); the others stand as they are. */
function encodeUrnPart(text: string): string {
  return text.replace(
    /["#%&/<>?]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
