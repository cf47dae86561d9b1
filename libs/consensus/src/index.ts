export type { Digest, Round, Value, Prepare, Commit, RoundChange, Proposal, ConsensusMessage } from './message.types.js';
export type {
  HeightConfig,
  ConsensusEvent,
  Timer,
  Effect,
  VoteRecord,
  ConsensusEnvironment,
} from './step.types.js';
