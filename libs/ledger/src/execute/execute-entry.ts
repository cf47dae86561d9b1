import { failure, type Result } from '#codec';
import type { SignatureVerifier, UnixMs } from '#identity';
import { authenticateEntry } from '../entry/authenticate-entry.js';
import type { ChainState } from '../block.types.js';
import type { DecodedEntry, EntryId, Finding } from '../entry.types.js';
import type { NextHeight } from '../execute.types.js';
import type { StateOverlay } from '../state/state-overlay.js';

/** What entries of one block are judged by. */
export interface EntryContext {
  readonly chain: Pick<ChainState, 'entryPosition'>;
  readonly next: Pick<NextHeight, 'height' | 'parameters'>;
  /** Time of the block. */
  readonly time: UnixMs;
  readonly verifier: SignatureVerifier;
  /** True for an entry whose signature this node has verified before. */
  readonly isVerified?: ((entry: DecodedEntry) => boolean) | undefined;
}

/**
 * Judges one entry and carries it out on `state`. Checks in this order, the first failure is returned and nothing is written:
 * ENTRY_DUPLICATE, ENTRY_EXPIRED, ENTRY_NOT_AFTER_TOO_FAR, the key (IDENTITY_*), ENTRY_BAD_SIGNATURE, then its action.
 * The caller has called `state.begin()` and calls `accept` or `rollback`.
 *
 * @param included - ids of the entries before it in the same block
 */
export function executeEntry(
  entry: DecodedEntry,
  state: StateOverlay,
  context: EntryContext,
  included: ReadonlySet<EntryId>,
): Result<readonly Finding[]> {
  const { entryId, notAfter, issuer } = entry.statement;
  const { height, parameters } = context.next;
  // INV-ENTRY-2: an id is included at most once, at a height ≤ its not_after.
  if (included.has(entryId) || context.chain.entryPosition(entryId) !== undefined) {
    return failure('ENTRY_DUPLICATE', `entry ${entryId} is on the chain already`);
  }
  if (notAfter < height) return failure('ENTRY_EXPIRED', `not_after is ${notAfter}, the height is ${height}`);
  if (notAfter > height + parameters.notAfterWindow) {
    return failure('ENTRY_NOT_AFTER_TOO_FAR', `not_after may be at most ${height + parameters.notAfterWindow}`);
  }
  const key = authenticateEntry(entry, state, height, context.verifier, context.isVerified?.(entry) ?? false);
  if (!key.ok) return key;
  return entry.action.execute(state, { entryId, author: issuer, height, blockTime: context.time });
}
