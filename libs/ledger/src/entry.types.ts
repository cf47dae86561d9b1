import type { Brand, RecordWriter, Result } from '#codec';
import type { Did, Height, KeyId, KeyPurpose, NetworkId, UnixMs } from '#identity';

/** SHA-256 of the statement's Sig_structure, 64 hexadecimal characters. Does not depend on the signature bytes. */
export type EntryId = Brand<string, 'EntryId'>;

/** A Signed Statement (RFC 9943) as read from its bytes; the signature is not yet verified. */
export interface Statement {
  /** The COSE_Sign1, as it stands in blocks and in the log. */
  readonly bytes: Uint8Array;
  readonly entryId: EntryId;
  /** What is signed. */
  readonly sigStructure: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyId: KeyId;
  readonly issuer: Did;
  /** CWT `sub`: what the entry is about (an item, product, transfer, key …), 1..512 characters. */
  readonly subject: string;
  readonly networkId: NetworkId;
  readonly kind: string;
  /** Last height at which the entry may be included. */
  readonly notAfter: Height;
  /** Media type of the content, COSE header 259. */
  readonly contentType: string;
  /** SHA-256 of the content, 32 bytes: the COSE payload. */
  readonly contentHash: Uint8Array;
}

/** What an entry asks for, read from its content once. Made only by `EntryRules.read`. */
export interface EntryAction {
  readonly kind: string;
  /** Purposes of the keys that may sign it; without it, `sign`. */
  readonly signedWith?: readonly KeyPurpose[];
  /** It only keeps its author's own keys in order: an organisation that is suspended or only audits may do that too. */
  readonly keepsOwnKeys?: boolean;
  /**
   * Judges the entry against the state and, when it holds, carries it out on `state`. On a failure the caller throws
   * away everything written. Deterministic: no clock, no randomness, no iteration over unordered collections.
   */
  execute(state: RecordWriter, context: ExecutionContext): Result<readonly Finding[]>;
}

export interface ExecutionContext {
  readonly entryId: EntryId;
  readonly author: Did;
  readonly height: Height;
  /** Time of the block that includes the entry. */
  readonly blockTime: UnixMs;
}

/** A contradiction between a recorded claim and the ledger (DESIGN section 7). Recorded, never a refusal. */
export interface Finding {
  /** Stable code, prefix `FINDING_`. */
  readonly code: string;
  /** Canonical key of the item or lot it concerns. */
  readonly item: string;
  /** Position of the event within the entry's content, 0 where there is one. */
  readonly eventIndex: number;
  /** The entries that it contradicts, oldest first. */
  readonly contradicts: readonly EntryId[];
  readonly detail: string;
}

/** Decoded once, carried through pool, block and index. Only `decodeEntry` makes one. */
export interface DecodedEntry {
  readonly statement: Statement;
  /** Content bytes exactly as the author wrote them. */
  readonly content: Uint8Array;
  /** RFC 6962 leaf hash of the statement's bytes. */
  readonly leafHash: Uint8Array;
  readonly action: EntryAction;
  /** Bytes of statement and content together. */
  readonly size: number;
}

/**
 * The ledger's port to the rules of what is recorded; `libs/trace` implements it. Reading is stateless: same bytes, same
 * answer, on every node and for ever (a change of rules is a new kind or activates at a height).
 */
export interface EntryRules {
  /** @returns failure `ENTRY_UNKNOWN_KIND` for a kind that is not ours, else the code of the first failed check */
  read(statement: Statement, content: Uint8Array): Result<EntryAction>;
}
