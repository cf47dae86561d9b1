import { sha256, toHex, utf8Encode } from '#codec';
import type { Did, NetworkId } from '../names.js';
import type { KeyPurpose } from '../organization.js';
import { WORDS } from './words.js';

/** Six words are 48 bits: who wants to be taken for another would have to make as many keys within one telephone call. */
const WORD_COUNT = 6;

/** Whose words they are: both sides derive them from what they have, never from what the other side says they are. */
export interface ComparedKeys {
  readonly networkId: NetworkId;
  readonly did: Did;
  /** Public keys, 32 bytes each. */
  readonly keys: Readonly<Record<KeyPurpose, Uint8Array>>;
}

/**
 * Six words that two people read to each other by telephone: equal on both sides when the keys that arrived are the keys that
 * were made, for this organisation in this network.
 */
export function comparisonWords({ networkId, did, keys }: ComparedKeys): readonly string[] {
  const lines = (['root', 'admin', 'sign', 'node'] as const).map((purpose) => `${purpose} ${toHex(keys[purpose])}\n`);
  const hash = sha256(utf8Encode(`lading/comparison-words/1\n${networkId}\n${did}\n${lines.join('')}`));
  return [...hash.subarray(0, WORD_COUNT)].map((byte) => WORDS[byte] as string);
}
