export type { ChainStore, EncodedCommit, VoteJournal, Lane, PeerAddress, Transport, TrustedPeer, Clock, Observer } from './ports.js';
export type { LadingNode, EntryStatus, CommittedBlock, PeerReport, ValidatorStatus } from './node.types.js';
export { createNode, type NodeOptions } from './node.js';
export { parseNodeAddress } from './peer/trusted-peers.js';
export { POOL_LIMITS, type PoolLimits } from './pool/pool.js';
export { decodePeerMessage, encodePeerMessage, type PeerMessage } from './peer/peer-message.js';
