import type { Brand } from '#codec';
import type { Did, Height, NetworkId, UnixMs } from '#identity';
import type { DecodedEntry, EntryId, Finding } from './entry.types.js';

/** SHA-256 of the encoded header, 64 hexadecimal characters. */
export type BlockHash = Brand<string, 'BlockHash'>;

/** DESIGN section 5. Hashes are 32 bytes. Neither the round nor this block's seals are in it. */
export interface BlockHeader {
  readonly version: number;
  readonly networkId: NetworkId;
  readonly height: Height;
  readonly time: UnixMs;
  readonly parentHash: BlockHash;
  /** Who built the block first; a re-proposal does not change it. */
  readonly proposer: Did;
  /** RFC 6962 root over this block's statements. */
  readonly entriesRoot: Uint8Array;
  /** Entries on the chain, this block included. */
  readonly logSize: number;
  readonly logRoot: Uint8Array;
  /** Root of the state after this block. */
  readonly stateRoot: Uint8Array;
  readonly validatorsHash: Uint8Array;
  readonly nextValidatorsHash: Uint8Array;
  readonly paramsHash: Uint8Array;
  readonly parentCertificateHash: Uint8Array;
}

export interface Seal {
  readonly validator: Did;
  /** Ed25519 over the block's checkpoint text (C2SP tlog-checkpoint). */
  readonly signature: Uint8Array;
}

/** A quorum of seals over one block in one round, sorted by validator, one per validator. */
export interface Certificate {
  readonly height: Height;
  readonly round: number;
  readonly blockHash: BlockHash;
  readonly seals: readonly Seal[];
}

/** A block as read from its bytes. `bytes` = CBOR [header, parent certificate or null, [[statement, content]…]]. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly hash: BlockHash;
  readonly header: BlockHeader;
  /** Null for heights 0 and 1 (genesis has no certificate). */
  readonly parentCertificate: Certificate | null;
  readonly entries: readonly DecodedEntry[];
}

/** What a block did, beside its roots. Stored with it, so that an index need not execute again. */
export interface BlockOutcome {
  /** One list per entry, in order. */
  readonly findings: readonly (readonly Finding[])[];
  /** Every state record that changed, sorted by key; null = removed. Values as encoded by their RecordType. */
  readonly changes: readonly StateChange[];
}

export interface StateChange {
  /** `<prefix>/<id>` */
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** Everything that making a block part of the chain writes; the store does it in one transaction. */
export interface BlockCommit {
  readonly block: Block;
  readonly certificate: Certificate | null;
  readonly outcome: BlockOutcome;
  readonly treeWrites: readonly TreeWrite[];
  readonly logWrites: readonly LogWrite[];
}

/** A node of the state tree, by its path from the root. */
export interface TreeWrite {
  /** Unique, order-preserving encoding of the path's bits, made by the state tree. */
  readonly path: Uint8Array;
  /** Null = no node there any more. */
  readonly node: Uint8Array | null;
}

/** Hash of a complete subtree of the log: `level` 0 is a leaf, `index` counts from the left on that level. */
export interface LogWrite {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Where an entry stands on the chain. */
export interface EntryPosition {
  readonly height: Height;
  /** Position within the block. */
  readonly index: number;
}

/** What the ledger reads of what is stored, at the chain's head. */
export interface ChainState {
  stateValue(key: string): Uint8Array | undefined;
  treeNode(path: Uint8Array): Uint8Array | undefined;
  logNode(level: number, index: number): Uint8Array | undefined;
  entryPosition(id: EntryId): EntryPosition | undefined;
}
