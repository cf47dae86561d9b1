import { quorum, type Height } from '#identity';

/**
 * How far beyond the highest head that others tell a lost vote may be. Some of the quorum that sealed the last block which this
 * node had are among those asked; they may be one block short of it, and this node may have voted on the block after it.
 */
const HEIGHTS_TOLD_LATE = 1;
const HEIGHTS_VOTED_AHEAD = 1;

/**
 * Whether this node knows what it signed. With an empty vote journal it has never voted, or has lost the journal: then it
 * only follows until the chain is beyond any height at which it can have voted (docs/protocol/consensus.md#lost-votes).
 */
export class VoteMemory {
  /** Undefined until enough others told their heads. */
  private votesFrom: Height | undefined;

  /** @param learned - what `learn` returned in a former run, with this very journal */
  constructor(isJournalEmpty: boolean, learned?: Height) {
    this.votesFrom = isJournalEmpty ? learned : 0;
  }

  /** @param validators - how many decide at that height */
  mayVoteAt(height: Height, validators: number): boolean {
    // Where every quorum holds all validators, what the others are locked on keeps this one from undoing what it forgot; and
    // without its vote nothing would ever be decided.
    if (quorum(validators) === validators) return true;
    return this.votesFrom !== undefined && height >= this.votesFrom;
  }

  /**
   * @param ownHead - height of the own chain
   * @param heads - that the other validators of the next height told
   * @param set - how many validators there are, and whether this node is one of them
   * @returns from which height this node votes, when that became known just now
   */
  learn(
    ownHead: Height,
    heads: readonly Height[],
    set: { readonly validators: number; readonly isSelfIn: boolean },
  ): Height | undefined {
    if (this.votesFrom !== undefined) return undefined;
    const othersMin = quorum(set.validators) - (set.isSelfIn ? 1 : 0);
    // Alone there is nobody to ask, and nothing to wait for; what holds then does not hold when the network has grown.
    if (othersMin === 0) return undefined;
    // By count, not by the highest: one liar must not keep a new network from starting.
    const isNewNetwork = ownHead === 0 && heads.filter((head) => head === 0).length >= othersMin;
    // Only when caught up with them: the validators of a height long past may have left, and know nothing of the votes since.
    const isUnderWay = heads.filter((head) => head > 0 && head <= ownHead + 1).length >= othersMin;
    if (isNewNetwork) this.votesFrom = 0;
    else if (isUnderWay) this.votesFrom = Math.max(ownHead, ...heads) + HEIGHTS_TOLD_LATE + HEIGHTS_VOTED_AHEAD + 1;
    return this.votesFrom;
  }
}
