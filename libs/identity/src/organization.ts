import type { Did, Height, KeyId, PublicKey } from './names.js';

export type OrganizationRole = 'validator' | 'member' | 'auditor';
export type OrganizationStatus = 'active' | 'suspended' | 'removed';

/**
 * What a key may do. `root` recovers the organisation, `admin` governs, `sign` signs entries, `node` signs votes and
 * seals and is the TLS identity of the organisation's node.
 */
export type KeyPurpose = 'root' | 'admin' | 'sign' | 'node';

/** State record `org/<did>`. */
export interface Organization {
  readonly did: Did;
  /** 1..200 characters. */
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  /** GS1 company prefixes, 4..12 digits each; no two organisations have prefixes of which one begins with the other. */
  readonly gs1CompanyPrefixes: readonly string[];
  /** 13 digits with a valid check digit. */
  readonly gln?: string;
  readonly status: OrganizationStatus;
  readonly since: Height;
  /** All keys the organisation ever had, in the order they were registered. */
  readonly keyIds: readonly KeyId[];
  /** The name in further languages, by language tag (BCP 47). */
  readonly names?: Readonly<Record<string, string>>;
  /** Whom to ask there, for people. */
  readonly contact?: string;
  readonly furtherGlns?: readonly string[];
  /** Where its node listens for the others: `host:port`. */
  readonly nodeAddress?: string;
  /** Base URL of its node's API, https. */
  readonly apiUrl?: string;
  /** SHA-256 of the root public key that comes after the present one, 32 bytes. */
  readonly rootCommitment?: Uint8Array;
}

/** State record `key/<keyId>`. A key is valid at height h when validFrom ≤ h and (no validUntil or h < validUntil). */
export interface OrganizationKey {
  readonly keyId: KeyId;
  readonly publicKey: PublicKey;
  readonly organization: Did;
  readonly purpose: KeyPurpose;
  readonly validFrom: Height;
  /** First height at which the key is no longer valid. */
  readonly validUntil?: Height;
  /** Set when the key was revoked rather than rotated. */
  readonly revoked?: true;
  /** Entries signed with it at this height or later are disputed (`isDisputed`); earlier ones stay what they were. */
  readonly notTrustedFrom?: Height;
}

/** A validator as it counts in consensus: one organisation, one vote, one node key at a given height. */
export interface Validator {
  readonly id: Did;
  readonly publicKey: PublicKey;
}

/** The validators of one height, sorted by DID, without duplicates. */
export type ValidatorSet = readonly Validator[];

/** State record `params/current`: what the organisations may change by vote. Bounds: see docs/protocol/parameters.md. */
export interface Parameters {
  readonly blockEntriesMax: number;
  /** Bound on the encoded block, in bytes. */
  readonly blockBytesMax: number;
  /** Furthest that an entry's `not_after` may lie above the height that includes it. */
  readonly notAfterWindow: number;
  /** Time a validator lets a new block's time differ from its own clock. */
  readonly clockDriftMaxMs: number;
  /** How long the proposer collects entries after the first. */
  readonly batchWaitMs: number;
  /** Time after which an empty block is proposed. */
  readonly heartbeatMs: number;
  /** Round r lasts min(roundBaseMs + r × roundStepMs, roundCapMs). */
  readonly roundBaseMs: number;
  readonly roundStepMs: number;
  readonly roundCapMs: number;
}
