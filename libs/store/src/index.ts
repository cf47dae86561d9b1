export { openChainStore, StoreFormatUnknown, type ClosableChainStore } from './chain-store.js';
export { openVoteJournal, type ClosableVoteJournal } from './vote-journal.js';
export { StoreWriteFailed, type StoreOptions } from './environment.js';
export { StoreInUse } from './directory-lock.js';
export { StoreDamaged } from './assert-lmdb-file.js';
