/**
 * What became of a received message. `ignore`: harmless, or not the fault of who delivered it (late, duplicate, not needed).
 * `reject`: it breaks the protocol; no honest node sends it.
 */
export type Verdict =
  | { readonly verdict: 'accept' }
  | { readonly verdict: 'ignore'; readonly code: string }
  | { readonly verdict: 'reject'; readonly code: string };

/** Codes of `Dropped` effects; a value that `judge` refuses is dropped with the code that `judge` gave. */
export type ConsensusDropCode =
  | 'CONSENSUS_NOT_STARTED'
  | 'CONSENSUS_PAST_HEIGHT'
  | 'CONSENSUS_HEIGHT_DECIDED'
  | 'CONSENSUS_FUTURE_HEIGHT'
  | 'CONSENSUS_OWN_MESSAGE'
  | 'CONSENSUS_NOT_A_VALIDATOR'
  | 'CONSENSUS_BAD_ROUND'
  | 'CONSENSUS_PAST_ROUND'
  | 'CONSENSUS_DUPLICATE'
  | 'CONSENSUS_NOT_NEEDED'
  | 'CONSENSUS_ALREADY_VOTED'
  | 'CONSENSUS_CONTRADICTION'
  | 'CONSENSUS_BAD_SIGNATURE'
  | 'CONSENSUS_BAD_SEAL'
  | 'CONSENSUS_BAD_DIGEST'
  | 'CONSENSUS_WRONG_PROPOSER'
  | 'CONSENSUS_WRONG_VALUE_PROPOSER'
  | 'CONSENSUS_BAD_JUSTIFICATION';

export const ACCEPT: Verdict = { verdict: 'accept' };

export function ignore(code: ConsensusDropCode): Verdict {
  return { verdict: 'ignore', code };
}

export function reject(code: ConsensusDropCode): Verdict {
  return { verdict: 'reject', code };
}
