import { failure, success, type Result } from '#codec';
import { checkDigit, hasValidCheckDigit } from './check-digit.js';
import { encodePathValue, isDigits, isGs1Text, type Gs1CharacterSet } from './gs1-text.js';

/**
 * What a key names: one thing (`instance`), a batch of a class (`lot`), a class of things (`class`), or something whose
 * level the identifier does not tell (`other`).
 */
export type IdKind = 'instance' | 'lot' | 'class' | 'other';

export type Gs1ErrorCode = 'GS1_BAD_CHECK_DIGIT' | 'GS1_MALFORMED_KEY';

/** The start of every canonical key of a GS1 identifier. */
export const CANONICAL_PREFIX = 'https://id.gs1.org/';

/** A qualifier that may follow a primary key in a Digital Link path (GS1 Digital Link URI Syntax 1.6, section 4.9). */
export interface Qualifier {
  readonly ai: string;
  readonly lengthMax: number;
  readonly set: Gs1CharacterSet;
  /** What the identifier names once this qualifier is there; undefined = the qualifier tells nothing about the level. */
  readonly makes?: IdKind;
}

/** A primary GS1 key: how its value is built, and what may follow it. */
export interface PrimaryKey {
  /** Application identifier of the key. */
  readonly ai: string;
  /** Lengths of the numeric part, check digit included; the last is the canonical one, shorter ones are padded with zeros. */
  readonly digits: readonly number[];
  /** Digits at the end of the numeric part that stand behind the check digit (piece and total of AI 8006). */
  readonly digitsAfterCheck?: number;
  /** Longest text that follows the digits within the value; 0 = nothing may follow. */
  readonly tailMax: number;
  readonly tailSet?: Gs1CharacterSet;
  /** For keys that begin with the company prefix and have no fixed digits: longest value. */
  readonly textMax?: number;
  readonly textSet?: Gs1CharacterSet;
  /** What the key alone names; with a tail it always names an instance. */
  readonly kind: IdKind;
  readonly qualifiers: readonly Qualifier[];
  /** How many digits at the front (indicator, extension or filler) do not belong to the company prefix. */
  readonly leadingDigits: number;
}

const LOT: Qualifier = { ai: '10', lengthMax: 20, set: 'set82', makes: 'lot' };
const SERIAL: Qualifier = { ai: '21', lengthMax: 20, set: 'set82', makes: 'instance' };
const VARIANT: Qualifier = { ai: '22', lengthMax: 20, set: 'set82' };
const TPX: Qualifier = { ai: '235', lengthMax: 28, set: 'set82', makes: 'instance' };
const GLN_EXTENSION: Qualifier = { ai: '254', lengthMax: 20, set: 'set82' };
const CPI_SERIAL: Qualifier = { ai: '8011', lengthMax: 12, set: 'digits', makes: 'instance' };
const SERVICE_RELATION: Qualifier = { ai: '8019', lengthMax: 10, set: 'digits' };

/** Every primary key that the ledger understands; anything else stays the URI that it is. */
export const PRIMARY_KEYS: ReadonlyMap<string, PrimaryKey> = new Map(
  (
    [
      { ai: '00', digits: [18], tailMax: 0, kind: 'instance', qualifiers: [], leadingDigits: 1 },
      {
        ai: '01',
        digits: [8, 12, 13, 14],
        tailMax: 0,
        kind: 'class',
        qualifiers: [VARIANT, LOT, SERIAL, TPX],
        leadingDigits: 1,
      },
      {
        ai: '8006',
        digits: [18],
        digitsAfterCheck: 4,
        tailMax: 0,
        kind: 'class',
        qualifiers: [VARIANT, LOT, SERIAL],
        leadingDigits: 1,
      },
      { ai: '253', digits: [13], tailMax: 17, kind: 'class', qualifiers: [], leadingDigits: 0 },
      { ai: '255', digits: [13], tailMax: 12, tailSet: 'digits', kind: 'class', qualifiers: [], leadingDigits: 0 },
      { ai: '402', digits: [17], tailMax: 0, kind: 'instance', qualifiers: [], leadingDigits: 0 },
      { ai: '414', digits: [13], tailMax: 0, kind: 'instance', qualifiers: [GLN_EXTENSION], leadingDigits: 0 },
      { ai: '417', digits: [13], tailMax: 0, kind: 'instance', qualifiers: [], leadingDigits: 0 },
      { ai: '8003', digits: [14], tailMax: 16, kind: 'class', qualifiers: [], leadingDigits: 1 },
      { ai: '8017', digits: [18], tailMax: 0, kind: 'instance', qualifiers: [SERVICE_RELATION], leadingDigits: 0 },
      { ai: '8018', digits: [18], tailMax: 0, kind: 'instance', qualifiers: [SERVICE_RELATION], leadingDigits: 0 },
      { ai: '401', digits: [], tailMax: 0, textMax: 30, kind: 'instance', qualifiers: [], leadingDigits: 0 },
      { ai: '8004', digits: [], tailMax: 0, textMax: 30, kind: 'instance', qualifiers: [], leadingDigits: 0 },
      {
        ai: '8010',
        digits: [],
        tailMax: 0,
        textMax: 30,
        textSet: 'set39',
        kind: 'class',
        qualifiers: [CPI_SERIAL],
        leadingDigits: 0,
      },
    ] satisfies PrimaryKey[]
  ).map((key) => [key.ai, key]),
);

/** Fewest digits of a GS1 company prefix: keys without a check digit must at least begin with as many. */
const COMPANY_PREFIX_DIGITS_MIN = 4;

/** A primary key's value, checked and in canonical length. `tail` tells an instance (GRAI, GDTI, GCN) from its class. */
export function readPrimaryValue(
  key: PrimaryKey,
  value: string,
): Result<{ value: string; tail: string }, Gs1ErrorCode> {
  if (key.textMax !== undefined) {
    const startsWithPrefix = isDigits(value.slice(0, COMPANY_PREFIX_DIGITS_MIN), COMPANY_PREFIX_DIGITS_MIN);
    if (!startsWithPrefix || !isGs1Text(value, key.textMax, key.textSet)) return malformed(key);
    return success({ value, tail: '' });
  }
  const length = key.tailMax > 0 ? key.digits.at(-1) : key.digits.find((digits) => digits === value.length);
  if (length === undefined || value.length < length) return malformed(key);
  const digits = value.slice(0, length);
  const tail = value.slice(length);
  if (!isDigits(digits) || (tail !== '' && !isGs1Text(tail, key.tailMax, key.tailSet))) return malformed(key);
  const checked = key.digitsAfterCheck === undefined ? digits : digits.slice(0, -key.digitsAfterCheck);
  if (!hasValidCheckDigit(checked)) {
    return failure(
      'GS1_BAD_CHECK_DIGIT',
      `${digits} ends in a wrong check digit; ${checkDigit(checked.slice(0, -1))} would be right`,
    );
  }
  return success({ value: digits.padStart(key.digits.at(-1) ?? 0, '0') + tail, tail });
}

/** `https://id.gs1.org/<ai>/<value>[/<ai>/<value>…]`, the one spelling of a GS1 key on the ledger. */
export function canonicalGs1Key(...parts: readonly (readonly [ai: string, value: string])[]): string {
  return CANONICAL_PREFIX + parts.map(([ai, value]) => `${ai}/${encodePathValue(value)}`).join('/');
}

function malformed(key: PrimaryKey): Result<never, Gs1ErrorCode> {
  return failure('GS1_MALFORMED_KEY', `not a value of the GS1 key with application identifier (${key.ai})`);
}
