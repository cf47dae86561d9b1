export type {
  EntryId,
  Statement,
  EntryAction,
  ExecutionContext,
  Finding,
  DecodedEntry,
  EntryRules,
} from './entry.types.js';
export type {
  BlockHash,
  BlockHeader,
  Seal,
  Certificate,
  Block,
  BlockOutcome,
  StateChange,
  BlockCommit,
  TreeWrite,
  LogWrite,
  EntryPosition,
  ChainState,
} from './block.types.js';
export type {
  ChainHead,
  NextHeight,
  ExecutedBlock,
  BuiltBlock,
  BuildInput,
  JudgeOptions,
  BlockErrorCode,
  JudgeResult,
} from './execute.types.js';
export { EMPTY_HISTORY, extendHistory, historyDigest } from './proof/item-history.js';
export { EMPTY_LOG_ROOT, leafHash, nodeHash } from './log/hashes.js';
export { appendLeaves, logRoot, merkleRoot, type LogAppend } from './log/append.js';
export { inclusionProof, consistencyProof } from './log/prove.js';
export { verifyInclusion, verifyConsistency } from './log/verify.js';
export type { GetLogNode } from './log/subtree.js';
