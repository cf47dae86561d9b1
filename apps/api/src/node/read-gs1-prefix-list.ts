import { readFileSync } from 'node:fs';
import { parseStrictJson } from '#codec';
import { companyPrefixLength, readGs1PrefixList, type CompanyPrefixLength } from '#trace';
import { StartupError } from '../config/load-config.js';

/**
 * GS1's list of company prefix lengths, which the operator downloads as JSON (`gs1PrefixList` of the configuration).
 *
 * @returns what knows no prefix when there is no list
 * @throws StartupError
 */
export function readGs1PrefixLengths(path: string | undefined): CompanyPrefixLength {
  if (path === undefined) return () => undefined;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new StartupError(
      `The list of GS1 company prefixes ${path} cannot be read: correct gs1PrefixList or leave it out.`,
    );
  }
  const json = parseStrictJson(bytes);
  const list = json.ok ? readGs1PrefixList(json.value) : json;
  if (list.ok) return companyPrefixLength(list.value);
  const place = list.pointer === undefined ? '' : ` at ${list.pointer}`;
  throw new StartupError(
    `The list of GS1 company prefixes ${path} is not the JSON file that GS1 publishes (${list.code}${place}: ${list.detail}); download it again or leave gs1PrefixList out.`,
  );
}
