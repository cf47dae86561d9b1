import { failure, JsonNumber, JsonObject, success, type JsonValue, type Result } from '#codec';
import { EPC_SCHEMES } from './epc-urn.js';
import { isDigits } from './gs1-text.js';

/**
 * How many of a GS1 key's digits are its company prefix. An EPC URN shows it, the key itself and the Digital Link do not.
 *
 * @param digits - the key from the company prefix on (`gs1KeyDigits`)
 * @returns undefined when it is not known
 */
export type CompanyPrefixLength = (digits: string) => number | undefined;

/** EPC URNs have company prefixes of 6 to 12 digits (GS1 EPC Tag Data Standard 2.1 section 6.3). */
const LENGTH_MIN = 6;
const LENGTH_MAX = 12;

/**
 * Company prefix lengths by the first digits of a key; the longest known beginning decides.
 *
 * @param entries - pairs of first digits and length. A prefix that an organisation has registered stands for itself:
 *   `[prefix, prefix.length]`. Lengths outside of 6..12 say that no EPC URN is possible, as the `0` of GS1's list does.
 */
export function companyPrefixLength(entries: Iterable<readonly [digits: string, length: number]>): CompanyPrefixLength {
  const lengths = new Map(entries);
  return (digits) => {
    for (let n = Math.min(LENGTH_MAX, digits.length); n > 0; n--) {
      const length = lengths.get(digits.slice(0, n));
      if (length !== undefined) return length >= LENGTH_MIN && length <= LENGTH_MAX ? length : undefined;
    }
    return undefined;
  };
}

/**
 * Reads the company prefix length list that GS1 publishes as JSON (`{"GCPPrefixFormatList": {"entry": [{"prefix", "gcpLength"}]}}`).
 * The list is GS1's and changes often: an operator downloads it, it is not part of Lading.
 *
 * @returns entries for `companyPrefixLength`; failure `GS1_BAD_PREFIX_LIST`
 */
export function readGs1PrefixList(
  json: JsonValue,
): Result<readonly (readonly [digits: string, length: number])[], 'GS1_BAD_PREFIX_LIST'> {
  const list = json instanceof JsonObject ? json.get('GCPPrefixFormatList') : undefined;
  const entries = list instanceof JsonObject ? list.get('entry') : undefined;
  if (!Array.isArray(entries)) return badList('');
  const lengths: (readonly [string, number])[] = [];
  for (const [i, entry] of (entries as readonly JsonValue[]).entries()) {
    const prefix = entry instanceof JsonObject ? entry.get('prefix') : undefined;
    const length = entry instanceof JsonObject ? entry.get('gcpLength') : undefined;
    // The list has been published with numbers and with texts.
    const text = length instanceof JsonNumber ? length.text : length;
    if (typeof prefix !== 'string' || !isDigits(prefix) || typeof text !== 'string' || !/^[0-9]{1,2}$/.test(text)) {
      return badList(`/${i}`);
    }
    lengths.push([prefix, Number(text)]);
  }
  return success(lengths);
}

function badList(at: string): Result<never, 'GS1_BAD_PREFIX_LIST'> {
  return failure(
    'GS1_BAD_PREFIX_LIST',
    'GS1’s list of company prefix lengths has entries with prefix and gcpLength',
    `/GCPPrefixFormatList/entry${at}`,
  );
}

/** The company prefix that an EPC URN shows; undefined for anything else. */
export function companyPrefixOf(urn: string): string | undefined {
  const match = /^urn:epc:(id|idpat|class):([a-z]+):([0-9]{6,12})\./.exec(urn);
  if (match === null) return undefined;
  const [, level = '', scheme = '', companyPrefix] = match;
  return EPC_SCHEMES.has(`${level === 'idpat' ? 'id' : level}:${scheme}`) ? companyPrefix : undefined;
}
