export type {
  Digest,
  Round,
  Value,
  Prepare,
  Commit,
  RoundChange,
  Proposal,
  ConsensusMessage,
} from './message.types.js';
export type { HeightConfig, ConsensusEvent, Timer, Effect, VoteRecord, ConsensusEnvironment } from './step.types.js';
export { createConsensus, type ConsensusState } from './state.js';
export { step, type StepResult } from './step.js';
export { encodeMessage, decodeMessage, type MessageErrorCode, type ReadValue } from './message-codec.js';
export { signedPart } from './signed-part.js';
export { messageKey } from './message-key.js';
export { roundDurationMs, ROUND_MAX } from './timing.js';
export type { ConsensusDropCode } from './verdict.js';
