import { success, type Result } from '#codec';
import type { ChainState } from '../block.types.js';
import type { DecodedEntry } from '../entry.types.js';
import { StateOverlay } from '../state/state-overlay.js';
import { executeEntry, type EntryContext } from './execute-entry.js';

export interface CheckEntryOptions extends Omit<EntryContext, 'chain'> {
  /** An overlay of the same head, kept by the caller so that records are decoded once for many entries. Left unchanged. */
  readonly state?: StateOverlay;
}

/** Whether an entry would be valid as the first of the next block: the checks of `executeEntry` as a dry run, for the pool. */
export function checkEntry(chain: ChainState, entry: DecodedEntry, options: CheckEntryOptions): Result<void> {
  const state = options.state ?? new StateOverlay(chain);
  state.begin();
  try {
    const result = executeEntry(entry, state, { ...options, chain }, new Set());
    return result.ok ? success(undefined) : result;
  } finally {
    state.rollback();
  }
}
