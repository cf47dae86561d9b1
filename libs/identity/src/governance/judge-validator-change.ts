import { failure, type Failure } from '#codec';
import type { Did } from '../names.js';
import { faultTolerance, quorum } from '../quorum.js';

export interface ValidatorChange {
  /** The validators before the change. */
  readonly validators: readonly Did[];
  /** Those of them that missed their last turns, as the chain knows it (`missedTurns` of libs/ledger). */
  readonly missed: ReadonlySet<Did>;
  readonly change: 'add' | 'remove';
  readonly did: Did;
}

/** What a number of validators needs and bears. */
export interface QuorumFigures {
  readonly validators: number;
  readonly quorum: number;
  /** Validators that may fail: ⌊(n − 1)/3⌋. */
  readonly tolerated: number;
}

export interface ValidatorChangeJudgement {
  readonly before: QuorumFigures;
  readonly after: QuorumFigures;
  /** Validators after the change that seal now; a newcomer counts only beside a single validator. */
  readonly sealing: readonly Did[];
  /** The others of the set after the change. */
  readonly notSealing: readonly Did[];
  /** Why the change cannot be; undefined when it can. */
  readonly refusal?: Failure<'GOVERNANCE_LAST_VALIDATOR' | 'GOVERNANCE_QUORUM_UNREACHABLE'>;
}

/**
 * The arithmetic of a change by one validator. It can be when those who seal now make the quorum afterwards: a set that could not
 * would never decide anything again, nor undo the change. A newcomer has not shown that it seals; only when one validator
 * becomes two there is no other way than to count on it.
 */
export function judgeValidatorChange({ validators, missed, change, did }: ValidatorChange): ValidatorChangeJudgement {
  const others = validators.filter((validator) => validator !== did);
  const after = change === 'add' ? [...others, did] : others;
  const counted = change === 'add' && others.length > 1 ? others : after;
  const sealing = counted.filter((validator) => !missed.has(validator));
  const judgement = {
    before: figures(validators.length),
    after: figures(after.length),
    sealing,
    notSealing: after.filter((validator) => !sealing.includes(validator)),
  };
  const refusal = refusalOf(judgement);
  return refusal === undefined ? judgement : { ...judgement, refusal };
}

function refusalOf({ after, sealing }: ValidatorChangeJudgement): ValidatorChangeJudgement['refusal'] {
  if (after.validators === 0) return failure('GOVERNANCE_LAST_VALIDATOR', 'the last validator cannot be removed');
  if (sealing.length >= after.quorum) return undefined;
  return failure(
    'GOVERNANCE_QUORUM_UNREACHABLE',
    `after this change ${after.validators} validators, quorum ${after.quorum}; ` +
      `sealing now: ${sealing.join(', ') || 'none'} (${sealing.length})`,
  );
}

function figures(validators: number): QuorumFigures {
  return { validators, quorum: quorum(validators), tolerated: Math.max(0, faultTolerance(validators)) };
}
