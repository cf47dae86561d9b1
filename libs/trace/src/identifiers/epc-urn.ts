import { failure, type Result } from '#codec';
import { checkDigit } from './check-digit.js';
import { canonicalGs1Key, type Gs1ErrorCode, type IdKind } from './gs1-keys.js';
import { decodePercent, isDigits, isGs1Text, type Gs1CharacterSet } from './gs1-text.js';
import type { CanonicalId } from './canonical-id.js';

/**
 * How an EPC URN (GS1 EPC Tag Data Standard 2.1, section 6.3) is made of its company prefix, its reference and what follows,
 * and which canonical key that gives.
 */
export interface UrnScheme {
  /** Digits of company prefix and reference together; undefined where the reference is free text. */
  readonly digits?: number;
  /** The first digit of the reference is an indicator or extension digit and comes to the front of the key. */
  readonly leadsWithReference?: true;
  /** Parts behind the reference. */
  readonly parts: readonly { readonly lengthMax: number; readonly set: Gs1CharacterSet }[];
  readonly referenceMax?: number;
  readonly referenceSet?: Gs1CharacterSet;
  readonly kind: IdKind;
  /** @param base - company prefix and reference, with check digit where `digits` is set */
  key(base: string, parts: readonly string[]): string;
  /** For `urn:epc:idpat:<scheme>` whose last part is `*`: the class that the pattern names. */
  classKey?(base: string, parts: readonly string[]): string;
}

const SERIAL = { lengthMax: 20, set: 'set82' } as const;
const TWO_DIGITS = { lengthMax: 2, set: 'digits' } as const;

export const EPC_SCHEMES: ReadonlyMap<string, UrnScheme> = new Map<string, UrnScheme>([
  [
    'id:sgtin',
    {
      digits: 13,
      leadsWithReference: true,
      parts: [SERIAL],
      kind: 'instance',
      key: (gtin, [serial = '']) => canonicalGs1Key(['01', gtin], ['21', serial]),
      classKey: (gtin) => canonicalGs1Key(['01', gtin]),
    },
  ],
  [
    'class:lgtin',
    {
      digits: 13,
      leadsWithReference: true,
      parts: [SERIAL],
      kind: 'lot',
      key: (gtin, [lot = '']) => canonicalGs1Key(['01', gtin], ['10', lot]),
    },
  ],
  [
    'id:sscc',
    { digits: 17, leadsWithReference: true, parts: [], kind: 'instance', key: (sscc) => canonicalGs1Key(['00', sscc]) },
  ],
  [
    'id:sgln',
    {
      digits: 12,
      parts: [SERIAL],
      kind: 'instance',
      // Extension 0 says that there is none.
      key: (gln, [extension = '0']) =>
        extension === '0' ? canonicalGs1Key(['414', gln]) : canonicalGs1Key(['414', gln], ['254', extension]),
    },
  ],
  ['id:pgln', { digits: 12, parts: [], kind: 'instance', key: (gln) => canonicalGs1Key(['417', gln]) }],
  [
    'id:grai',
    {
      digits: 12,
      parts: [{ lengthMax: 16, set: 'set82' }],
      kind: 'instance',
      key: (type, [serial = '']) => canonicalGs1Key(['8003', `0${type}${serial}`]),
      classKey: (type) => canonicalGs1Key(['8003', `0${type}`]),
    },
  ],
  ['id:giai', { parts: [], referenceMax: 30, kind: 'instance', key: (asset) => canonicalGs1Key(['8004', asset]) }],
  ['id:gsrn', { digits: 17, parts: [], kind: 'instance', key: (gsrn) => canonicalGs1Key(['8018', gsrn]) }],
  ['id:gsrnp', { digits: 17, parts: [], kind: 'instance', key: (gsrn) => canonicalGs1Key(['8017', gsrn]) }],
  [
    'id:gdti',
    {
      digits: 12,
      parts: [{ lengthMax: 17, set: 'set82' }],
      kind: 'instance',
      key: (type, [serial = '']) => canonicalGs1Key(['253', type + serial]),
      classKey: (type) => canonicalGs1Key(['253', type]),
    },
  ],
  [
    'id:sgcn',
    {
      digits: 12,
      parts: [{ lengthMax: 12, set: 'digits' }],
      kind: 'instance',
      key: (coupon, [serial = '']) => canonicalGs1Key(['255', coupon + serial]),
      classKey: (coupon) => canonicalGs1Key(['255', coupon]),
    },
  ],
  [
    'id:cpi',
    {
      parts: [{ lengthMax: 12, set: 'digits' }],
      referenceMax: 30,
      referenceSet: 'set39',
      kind: 'instance',
      key: (part, [serial = '']) => canonicalGs1Key(['8010', part], ['8011', serial]),
      classKey: (part) => canonicalGs1Key(['8010', part]),
    },
  ],
  ['id:ginc', { parts: [], referenceMax: 30, kind: 'instance', key: (ginc) => canonicalGs1Key(['401', ginc]) }],
  ['id:gsin', { digits: 16, parts: [], kind: 'instance', key: (gsin) => canonicalGs1Key(['402', gsin]) }],
  [
    'id:upui',
    {
      digits: 13,
      leadsWithReference: true,
      parts: [{ lengthMax: 28, set: 'set82' }],
      kind: 'instance',
      key: (gtin, [tpx = '']) => canonicalGs1Key(['01', gtin], ['235', tpx]),
    },
  ],
  [
    'id:itip',
    {
      digits: 13,
      leadsWithReference: true,
      parts: [TWO_DIGITS, TWO_DIGITS, SERIAL],
      kind: 'instance',
      key: (gtin, [piece = '', total = '', serial = '']) =>
        canonicalGs1Key(['8006', gtin + piece + total], ['21', serial]),
      classKey: (gtin, [piece = '', total = '']) => canonicalGs1Key(['8006', gtin + piece + total]),
    },
  ],
]);

/**
 * Reads `urn:epc:id:…`, `urn:epc:class:…` and `urn:epc:idpat:…`.
 *
 * @returns undefined for schemes without a GS1 key (`adi`, `usdod`, `bic`, `imovn`, raw patterns …), which stay the URI
 *   that they are; failure `GS1_MALFORMED_KEY` for a scheme that is in the table but does not fit it
 */
export function readEpcUrn(urn: string): Result<CanonicalId, Gs1ErrorCode> | undefined {
  const [, , level = '', name = '', ...rest] = urn.split(':');
  const isPattern = level === 'idpat';
  const scheme = EPC_SCHEMES.get(`${isPattern ? 'id' : level}:${name}`);
  if (scheme === undefined) return undefined;
  // Everything after the scheme's colon; a serial may hold colons and dots, so only the parts in front are split off.
  const [companyPrefix = '', ...references] = splitParts(rest.join(':'), scheme.parts.length + 2);
  if (!isDigits(companyPrefix) || references.length !== scheme.parts.length + 1) return malformed(urn);

  const [reference = '', ...parts] = references;
  const wildcard = isPattern && parts.at(-1) === '*';
  // A pattern over whole product ranges (`….*.*`) names no class that has a key.
  if (isPattern && (!wildcard || scheme.classKey === undefined || reference === '*')) return undefined;

  const base = keyBase(scheme, companyPrefix, reference);
  const values = (wildcard ? parts.slice(0, -1) : parts).map(decodePercent);
  if (base === undefined) return malformed(urn);
  const fits = values.every((value, i) => {
    const part = scheme.parts[i];
    return value !== undefined && part !== undefined && isGs1Text(value, part.lengthMax, part.set);
  });
  if (!fits) return malformed(urn);

  const key = wildcard ? scheme.classKey?.(base, values as string[]) : scheme.key(base, values as string[]);
  return { ok: true, value: { key: key as string, kind: wildcard ? 'class' : scheme.kind } };
}

/** Company prefix and reference as they stand in the key, with check digit; undefined when they do not fit. */
export function keyBase(scheme: UrnScheme, companyPrefix: string, reference: string): string | undefined {
  if (scheme.digits === undefined) {
    const text = decodePercent(reference);
    if (text === undefined || text === '' || companyPrefix.length < 4) return undefined;
    const value = companyPrefix + text;
    return isGs1Text(value, scheme.referenceMax ?? 0, scheme.referenceSet) ? value : undefined;
  }
  const digits =
    scheme.leadsWithReference === true
      ? reference.slice(0, 1) + companyPrefix + reference.slice(1)
      : companyPrefix + reference;
  return isDigits(digits, scheme.digits) ? digits + checkDigit(digits) : undefined;
}

/** Splits at dots into at most `count` parts; further dots belong to the last part. */
export function splitParts(text: string, count: number): string[] {
  const parts = text.split('.');
  return parts.length <= count ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join('.')];
}

function malformed(urn: string): Result<never, Gs1ErrorCode> {
  return failure('GS1_MALFORMED_KEY', `not a well-formed EPC URN: ${urn.slice(0, 100)}`);
}
