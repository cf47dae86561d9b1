import { assertInvariant, type RecordWriter } from '#codec';
import type { ProposalId } from '../governance.types.js';
import type { Did, Height } from '../names.js';
import { applyAction } from './apply-action.js';
import { judgeAction } from './judge-action.js';
import { changesValidators } from './policy.js';
import { DUE, PROPOSAL } from './proposal-records.js';

/**
 * Carries out what was decided to take effect at `height`, in the order in which it was decided. Called while the block before is
 * finished, so that the block at `height` is the first under the changes. What no longer holds becomes `failed`. Of several
 * changes of the validators the first is carried out; the others come first at the next height.
 *
 * @param missed - validators that missed their last turns, after the block before
 */
export function applyDueProposals(state: RecordWriter, height: Height, missed: ReadonlySet<Did>): void {
  const due = state.get(DUE, String(height));
  if (due === undefined) return;
  state.remove(DUE, String(height));
  const postponed: ProposalId[] = [];
  let isSetChanged = false;
  for (const id of due) {
    const proposal = state.get(PROPOSAL, id);
    assertInvariant(proposal?.state === 'passed' && proposal.effectHeight === height, 'INV-GOVERNANCE-1', {
      id,
      height,
    });
    const { action } = proposal;
    const isSetChange = changesValidators(state, action);
    if (isSetChange && isSetChanged) {
      postponed.push(id);
      state.put(PROPOSAL, id, { ...proposal, effectHeight: height + 1 });
      continue;
    }
    const judged = judgeAction(state, action, { height, missed });
    if (judged.ok) {
      applyAction(state, action, height);
      isSetChanged ||= isSetChange;
    }
    state.put(
      PROPOSAL,
      id,
      judged.ok ? { ...proposal, state: 'effective' } : { ...proposal, state: 'failed', failure: judged.code },
    );
  }
  const next = String(height + 1);
  if (postponed.length > 0) state.put(DUE, next, [...postponed, ...(state.get(DUE, next) ?? [])]);
}
