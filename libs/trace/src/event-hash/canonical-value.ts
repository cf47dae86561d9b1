import { canonicalId } from '../identifiers/canonical-id.js';
import { idPattern } from '../identifiers/id-pattern.js';
import { canonicalDecimal } from '../quantities/canonical-decimal.js';
import { expandCurie } from './hash-context.js';
import { VOCABULARIES, type Vocabulary } from './hash-fields.js';

const BARE_WORD = /^[A-Za-z][A-Za-z0-9_]*$/;

/** CBV 1.x spellings of vocabulary words, and what the web vocabulary calls them. */
const CBV_URNS: readonly (readonly [urn: string, web: string])[] = [
  ['urn:epcglobal:cbv:bizstep:', VOCABULARIES.bizStep],
  ['urn:epcglobal:cbv:disp:', VOCABULARIES.disposition],
  ['urn:epcglobal:cbv:btt:', VOCABULARIES.bizTransactionType],
  ['urn:epcglobal:cbv:sdt:', VOCABULARIES.sourceDestinationType],
  ['urn:epcglobal:cbv:er:', 'https://ref.gs1.org/cbv/ER-'],
];

/** Alphabetic names of application identifiers, which older Digital Links may hold instead of the digits. */
const AI_BY_NAME: ReadonlyMap<string, string> = new Map([
  ['gtin', '01'],
  ['itip', '8006'],
  ['cpid', '8010'],
  ['gln', '414'],
  ['party', '417'],
  ['gsrnp', '8017'],
  ['gsrn', '8018'],
  ['gcn', '255'],
  ['sscc', '00'],
  ['gdti', '253'],
  ['ginc', '401'],
  ['gsin', '402'],
  ['grai', '8003'],
  ['giai', '8004'],
  ['cpv', '22'],
  ['lot', '10'],
  ['ser', '21'],
]);

/**
 * One spelling for every value: words of a vocabulary and CURIEs as full URIs, numbers without superfluous digits, GS1 keys as
 * canonical Digital Links.
 */
export function canonicalValue(
  text: string,
  prefixes: ReadonlyMap<string, string>,
  vocabulary: Vocabulary | undefined,
): string {
  const trimmed = text.trim();
  if (vocabulary !== undefined && BARE_WORD.test(trimmed)) return VOCABULARIES[vocabulary] + trimmed;
  const number = canonicalDecimal(trimmed);
  if (number !== undefined) return number;
  if (!trimmed.includes(':')) return trimmed;
  const full = expandCurie(trimmed, prefixes);
  const cbv = CBV_URNS.find(([urn]) => full.startsWith(urn));
  if (cbv !== undefined) return cbv[1] + full.slice(cbv[0].length);
  return constrainedDigitalLink(full);
}

/**
 * A GS1 key as the hash wants it: on id.gs1.org, with its finest level only, and without percent-encoding where a URI does not need
 * it. Anything else stays as it is.
 */
function constrainedDigitalLink(uri: string): string {
  const key = gs1KeyOf(uri);
  if (key === undefined) return uri;
  return key
    .replace(/\/(?:22|8019)\/[^/]*$/, '')
    .replace(/%(?:27|3B|3D)/g, (encoded) => String.fromCharCode(parseInt(encoded.slice(1), 16)));
}

function gs1KeyOf(uri: string): string | undefined {
  if (uri.startsWith('urn:epc:idpat:')) {
    const pattern = idPattern(uri);
    return pattern.ok && pattern.value.kind === 'class' ? pattern.value.key : undefined;
  }
  const id = canonicalId(/^https?:/i.test(uri) ? withNumericAis(uri) : uri);
  return id.ok && id.value.kind !== 'other' ? id.value.key : undefined;
}

function withNumericAis(link: string): string {
  return link
    .split('/')
    .map((segment, i) => (i < 3 ? segment : (AI_BY_NAME.get(segment) ?? segment)))
    .join('/');
}
