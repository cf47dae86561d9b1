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
export { EMPTY_TREE_ROOT } from './state-tree/tree-node.js';
export { updateTree, type ReadTreeNode, type TreeUpdate } from './state-tree/update-tree.js';
export { proveKey, verifyStateProof, type StateProof } from './state-tree/prove-key.js';
export { StateOverlay } from './state/state-overlay.js';
export {
  statementToSign,
  encodeStatement,
  signEntry,
  type StatementToSign,
  type EncodedEntry,
} from './entry/sign-entry.js';
export {
  STATEMENT_BYTES_MAX,
  SUBJECT_CHARS_MAX,
  KIND_CHARS_MAX,
  CONTENT_TYPE_CHARS_MAX,
  type StatementFields,
  type StatementHeaderErrorCode,
} from './entry/statement-header.js';
export {
  CONTENT_BYTES_MAX,
  decodeStatement,
  decodeEntry,
  isSameEntry,
  type DecodeEntryOptions,
  type StatementErrorCode,
  type EntryDecodeErrorCode,
} from './entry/decode-entry.js';
export {
  encodeEntry,
  decodeEntryPair,
  encodeEntries,
  decodeEntryPairs,
  type EntryPairErrorCode,
} from './entry/entry-pairs.js';
export { authenticateEntry } from './entry/authenticate-entry.js';
export { BLOCK_VERSION, GENESIS_PROPOSER, ZERO_HASH, encodeHeader, decodeHeader, blockHash } from './block/header.js';
export {
  encodeBlock,
  decodeBlock,
  decodeBlockHeader,
  type DecodeBlockOptions,
  type BlockDecodeErrorCode,
} from './block/block.js';
export { encodeOutcome, decodeOutcome } from './block/outcome.js';
export {
  SEALS_MAX,
  encodeCertificate,
  decodeCertificate,
  certificateHash,
  verifyCertificate,
  type CertificateErrorCode,
} from './certificate/certificate.js';
export { checkpointText, signedNote, noteKeyId, noteVerifierKey } from './certificate/checkpoint.js';
export { readHead, nextHeight } from './execute/head.js';
export {
  proposerOf,
  turnOrderOf,
  standingsAfter,
  missedTurns,
  TURNS,
  SKIP_AFTER_MISSED,
  REJOIN_AFTER_SEALS,
  type Turns,
  type Standing,
} from './execute/turns.js';
export { checkEntry, type CheckEntryOptions } from './execute/check-entry.js';
export { buildBlock } from './execute/build-block.js';
export { judgeBlock } from './execute/judge-block.js';
export { genesisBlock } from './execute/genesis-block.js';
export {
  proveEntry,
  verifyEntry,
  proveConsistency,
  verifyHeaderConsistency,
  type EntryInclusion,
  type LogHead,
} from './proof/log-proof.js';
export { proveRecord, verifyRecord, type RecordProof } from './proof/record-proof.js';
