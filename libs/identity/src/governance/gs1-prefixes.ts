import { encodeCbor, assertInvariant, type RecordReader, type RecordType, type RecordWriter } from '#codec';
import { gs1PrefixOwner, PREFIX_DIGITS_MIN } from '../gs1-prefix.js';
import type { Did, Height } from '../names.js';
import { isHeight, readPlaces } from '../record-places.js';
import { GS1_PREFIX } from '../records.js';

/**
 * `gcp-under/<digits>`: how many registered company prefixes begin with these digits and are longer. So that a new short
 * prefix is compared with all longer ones without a list of them.
 */
export const GS1_PREFIXES_UNDER: RecordType<Height> = {
  prefix: 'gcp-under',
  encode: (count) => encodeCbor([count]),
  decode(bytes) {
    const [count] = readPlaces('gcp-under', bytes, 1);
    assertInvariant(isHeight(count), 'INV-STATE-2', { record: 'gcp-under' });
    return count;
  },
};

/** A registered prefix, or one before it in `among`, that begins with this one or that this one begins with. */
export function overlappingPrefix(state: RecordReader, prefix: string, among: readonly string[]): string | undefined {
  const other = among.find((other) => other.startsWith(prefix) || prefix.startsWith(other));
  if (other !== undefined) return other;
  const owner = gs1PrefixOwner(state, prefix);
  if (owner !== undefined) return `${prefix} of ${owner}`;
  return (state.get(GS1_PREFIXES_UNDER, prefix) ?? 0) > 0 ? `${prefix}…` : undefined;
}

export function registerPrefix(state: RecordWriter, prefix: string, owner: Did): void {
  state.put(GS1_PREFIX, prefix, owner);
  countBeginnings(state, prefix, 1);
}

/** The prefix is free again, as GS1 gives it to another company. What was registered under it keeps its owner. */
export function releasePrefix(state: RecordWriter, prefix: string): void {
  state.remove(GS1_PREFIX, prefix);
  countBeginnings(state, prefix, -1);
}

/** For every proper beginning of the prefix; also what a genesis from before these records left out. */
export function countBeginnings(state: RecordWriter, prefix: string, by: 1 | -1): void {
  for (let length = PREFIX_DIGITS_MIN; length < prefix.length; length++) {
    const beginning = prefix.slice(0, length);
    const count = (state.get(GS1_PREFIXES_UNDER, beginning) ?? 0) + by;
    if (count > 0) state.put(GS1_PREFIXES_UNDER, beginning, count);
    else state.remove(GS1_PREFIXES_UNDER, beginning);
  }
}
