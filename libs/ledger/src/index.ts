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
