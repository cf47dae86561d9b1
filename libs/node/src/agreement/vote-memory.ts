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

  constructor(isJournalEmpty: boolean) {
    if (!isJournalEmpty) this.votesFrom = 0;
  }

  mayVoteAt(height: Height): boolean {
    return this.votesFrom !== undefined && height >= this.votesFrom;
  }

  /**
   * @param ownHead - height of the own chain
   * @param heads - that the other validators told
   * @returns from which height this node votes, when that became known just now
   */
  learn(ownHead: Height, heads: readonly Height[], validatorCount: number): Height | undefined {
    if (this.votesFrom !== undefined) return undefined;
    const othersMin = quorum(validatorCount) - 1;
    // By count, not by the highest: one liar must not keep a new network from starting.
    const isNewNetwork = ownHead === 0 && heads.filter((head) => head === 0).length >= othersMin;
    const isUnderWay = heads.filter((head) => head > 0).length >= othersMin;
    if (validatorCount === 1 || isNewNetwork) this.votesFrom = 0;
    else if (isUnderWay) this.votesFrom = Math.max(ownHead, ...heads) + HEIGHTS_TOLD_LATE + HEIGHTS_VOTED_AHEAD + 1;
    return this.votesFrom;
  }
}
