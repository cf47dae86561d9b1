import { failure, success, type Result } from '#codec';
import {
  canonicalGs1Key,
  PRIMARY_KEYS,
  readPrimaryValue,
  type Gs1ErrorCode,
  type IdKind,
  type PrimaryKey,
  type Qualifier,
} from './gs1-keys.js';
import { decodePercent, isGs1Text } from './gs1-text.js';
import type { CanonicalId } from './canonical-id.js';

/**
 * Reads an uncompressed GS1 Digital Link (URI Syntax 1.6) on any domain, with any path in front of the key. Query and
 * fragment are not part of the identity.
 *
 * On id.gs1.org a key that is not right is a mistake and refused. On any other domain the same path may mean something else
 * (`https://shop.example/01/news`), so it stays the URI that it is.
 *
 * @returns undefined when the link holds no GS1 key
 */
export function readDigitalLink(link: string): Result<CanonicalId, Gs1ErrorCode> | undefined {
  const path = /^https?:\/\/([^/?#]+)(\/[^?#]*)/i.exec(link);
  if (path === null) return undefined;
  const isGs1Resolver = (path[1] as string).toLowerCase() === 'id.gs1.org';
  const segments = (path[2] as string).split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();

  for (let i = 0; i + 1 < segments.length; i++) {
    const key = PRIMARY_KEYS.get(segments[i] as string);
    if (key === undefined) continue;
    const read = readSegments(key, segments.slice(i + 1));
    if (read.ok) return read;
    if (isGs1Resolver) return read;
  }
  return undefined;
}

/** @param segments - value of the primary key, then pairs of application identifier and value */
function readSegments(key: PrimaryKey, segments: readonly string[]): Result<CanonicalId, Gs1ErrorCode> {
  const values = segments.map((segment, i) => (i % 2 === 0 ? decodePercent(segment) : segment));
  const primary = readPrimaryValue(key, values[0] ?? '');
  if (!primary.ok) return primary;

  const given = new Map<string, string>();
  let allowed: readonly Qualifier[] = key.qualifiers;
  for (let i = 1; i < values.length; i += 2) {
    const position = allowed.findIndex((qualifier) => qualifier.ai === values[i]);
    const qualifier = allowed[position];
    const value = values[i + 1];
    if (qualifier === undefined || value === undefined || !isGs1Text(value, qualifier.lengthMax, qualifier.set)) {
      return failure(
        'GS1_MALFORMED_KEY',
        `not a qualifier of (${key.ai}) in its place: ${(values[i] ?? '').slice(0, 100)}`,
      );
    }
    given.set(qualifier.ai, value);
    // Qualifiers have a fixed order, so that one thing has one link.
    allowed = allowed.slice(position + 1);
  }
  return success(identify(key, primary.value, given));
}

/** Which of the given qualifiers identify, and what they make of the key. */
function identify(
  key: PrimaryKey,
  primary: { value: string; tail: string },
  given: ReadonlyMap<string, string>,
): CanonicalId {
  const decisive = key.qualifiers.findLast((qualifier) => qualifier.makes !== undefined && given.has(qualifier.ai));
  const base = [key.ai, primary.value] as const;
  const lot = given.get('10');
  // Without lot and serial, whatever else is given (a GLN extension, a product variant) is part of the identity.
  const identifying =
    decisive !== undefined ? [decisive] : key.qualifiers.filter(({ ai }) => given.has(ai) && !isNoExtension(ai, given));
  const canonical = canonicalGs1Key(
    base,
    ...identifying.map((qualifier) => [qualifier.ai, given.get(qualifier.ai) as string] as const),
  );
  const kind: IdKind = decisive?.makes ?? (primary.tail === '' ? key.kind : 'instance');
  if (kind === 'instance' && lot !== undefined)
    return { key: canonical, kind, lot: canonicalGs1Key(base, ['10', lot]) };
  return { key: canonical, kind };
}

/** AI 254 with value 0 says that the GLN has no extension, as in the EPC URN. */
function isNoExtension(ai: string, given: ReadonlyMap<string, string>): boolean {
  return ai === '254' && given.get('254') === '0';
}
