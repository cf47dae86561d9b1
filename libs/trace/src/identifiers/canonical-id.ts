import { failure, success, type Result } from '#codec';
import { isAbsoluteUri } from './absolute-uri.js';
import { readDigitalLink } from './digital-link.js';
import { readEpcUrn } from './epc-urn.js';
import { CANONICAL_PREFIX, PRIMARY_KEYS, type Gs1ErrorCode, type IdKind } from './gs1-keys.js';

/** One thing, one key (docs/protocol/identifiers.md). */
export interface CanonicalId {
  /** `https://id.gs1.org/<ai>/<value>…` for GS1 keys, else the URI as it was written; at most 512 characters. */
  readonly key: string;
  readonly kind: IdKind;
  /** The lot that the identifier itself names beside a serial number, as a canonical key. */
  readonly lot?: string;
}

export type IdentifierErrorCode = Gs1ErrorCode | 'GS1_BAD_URI';

/**
 * The canonical key of what `text` names: EPC URN and GS1 Digital Link (on any domain) of the same thing give the same key;
 * any other absolute URI is its own key.
 *
 * @returns failures `GS1_BAD_URI` (no absolute URI of at most 512 characters), `GS1_MALFORMED_KEY`, `GS1_BAD_CHECK_DIGIT`
 */
export function canonicalId(text: string): Result<CanonicalId, IdentifierErrorCode> {
  if (!isAbsoluteUri(text)) {
    return failure('GS1_BAD_URI', 'an identifier is an absolute URI of at most 512 visible ASCII characters');
  }
  const gs1 = text.startsWith('urn:epc:')
    ? readEpcUrn(text)
    : /^https?:/i.test(text)
      ? readDigitalLink(text)
      : undefined;
  return gs1 ?? success({ key: text, kind: 'other' });
}

/**
 * The digits of a canonical key that begin with the company prefix of who issued it, without indicator, extension and filler
 * digits.
 *
 * @returns undefined when the key is not a GS1 key
 */
export function gs1KeyDigits(key: string): string | undefined {
  if (!key.startsWith(CANONICAL_PREFIX)) return undefined;
  const [ai = '', value = ''] = key.slice(CANONICAL_PREFIX.length).split('/', 2);
  const primary = PRIMARY_KEYS.get(ai);
  if (primary === undefined) return undefined;
  return /^[0-9]*/.exec(value.slice(primary.leadingDigits))?.[0];
}
