import type { NetworkId, ValidatorSet } from '#identity';
import type { BlockHeader } from '#ledger';

/** The five things to be sure of, in the order in which each builds on the one before. */
export type StepName = 'entry-id' | 'signature' | 'key-valid' | 'inclusion' | 'sealed' | 'state' | 'history';

/** One thing that was checked, with what it was checked with, so that it can be shown and done again elsewhere. */
export interface Step {
  readonly name: StepName;
  readonly ok: boolean;
  /** Inputs and results as text: hashes in hexadecimal, names, heights. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * Why the validators who sealed are believed to be the network's:
 * - `genesis`: they are those of the genesis file, whose hash is the network id
 * - `overlap`: more of the genesis validators sealed, with their keys of then, than may be faulty
 * - `unlinked`: neither; compare the header with what other organisations' nodes say
 */
export type Trust = 'genesis' | 'overlap' | 'unlinked';

export interface Verification {
  /** Every step holds. What `trust` says is another question. */
  readonly ok: boolean;
  readonly trust: Trust;
  readonly steps: readonly Step[];
}

/** What the verifier knows beforehand, from a source that it trusts. */
export interface Anchor {
  readonly networkId: NetworkId;
  readonly validators: ValidatorSet;
}

/** A header whose seals were looked at. */
export interface SealedHeader {
  readonly header: BlockHeader;
  readonly step: Step;
  readonly trust: Trust;
}
