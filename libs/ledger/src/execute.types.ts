import type { Did, Height, Parameters, SignatureVerifier, UnixMs, ValidatorSet } from '#identity';
import type { Result } from '#codec';
import type { Block, BlockCommit, BlockHash, BlockHeader, Certificate } from './block.types.js';
import type { DecodedEntry, EntryId } from './entry.types.js';

/** The last block and what the next one builds on. */
export interface ChainHead {
  readonly hash: BlockHash;
  readonly header: BlockHeader;
  /** Null only for genesis. */
  readonly certificate: Certificate | null;
}

/** Who decides about the block after the head; a function of the state after the head. */
export interface NextHeight {
  readonly height: Height;
  readonly validators: ValidatorSet;
  /** The validators that get turns (DESIGN section 6, item 2): proposer(h, r) = turnOrder[(h + r) mod length]. */
  readonly turnOrder: readonly Did[];
  readonly parameters: Parameters;
  /** The validators of the head's height: they made the certificate that the next block carries. */
  readonly parentValidators: ValidatorSet;
}

/** A block that this node executed, ready to be written once a certificate exists. */
export interface ExecutedBlock {
  readonly block: Block;
  readonly commit: Omit<BlockCommit, 'certificate'>;
  readonly next: NextHeight;
}

export interface BuiltBlock extends ExecutedBlock {
  /** Candidates that are not valid on this state, with the code; they must leave the pool. */
  readonly leftOut: readonly { readonly id: EntryId; readonly code: string; readonly detail: string }[];
}

export interface BuildInput {
  readonly proposer: Did;
  readonly now: UnixMs;
  /** In the order in which they should be recorded; what does not fit the limits stays for a later block. */
  readonly candidates: readonly DecodedEntry[];
  readonly verifier: SignatureVerifier;
  /** True for an entry whose signature this node has verified before: it is not verified again. */
  readonly isVerified?: (entry: DecodedEntry) => boolean;
}

export interface JudgeOptions {
  /** The validator's own clock, for a new value only; undefined for a re-proposed or a finalised block. */
  readonly now?: UnixMs;
  /** True for an entry whose signature this node has verified before: it is not verified again. */
  readonly isVerified?: (entry: DecodedEntry) => boolean;
}

/** Codes in the order of the checks, docs/protocol/blocks.md. */
export type BlockErrorCode =
  | 'BLOCK_MALFORMED'
  | 'BLOCK_TOO_LARGE'
  | 'BLOCK_WRONG_NETWORK'
  | 'BLOCK_WRONG_HEIGHT'
  | 'BLOCK_WRONG_PARENT'
  | 'BLOCK_WRONG_PROPOSER'
  | 'BLOCK_TIME_NOT_INCREASING'
  | 'BLOCK_TIME_DRIFT'
  | 'BLOCK_BAD_PARENT_CERTIFICATE'
  | 'BLOCK_INVALID_ENTRY'
  | 'BLOCK_WRONG_ROOT';

export type JudgeResult = Result<ExecutedBlock, BlockErrorCode>;
