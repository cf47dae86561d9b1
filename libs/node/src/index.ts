export type { ChainStore, EncodedCommit, VoteJournal, Lane, Transport, Clock, Observer } from './ports.js';
export type { LadingNode, EntryStatus, CommittedBlock, ValidatorStatus } from './node.types.js';
