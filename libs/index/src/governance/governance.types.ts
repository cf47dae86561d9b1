import type { ProposalActionKind, Tally } from '#identity';
import type { AsOf, EntryReference, OrganizationDto, OrganizationKeyDto, Page } from '../queries.types.js';

export interface OrganizationFilter {
  readonly status?: string;
  readonly role?: string;
  /** Part of the name, a name in another language, or the DID; letters of either case. */
  readonly search?: string;
}

/** How an organisation stood from a block on. */
export interface OrganizationVersionDto {
  /** Of the block that wrote it. */
  readonly height: number;
  readonly status: string;
  readonly roles: readonly string[];
  readonly name: string;
}

export interface OrganizationDetailDto extends OrganizationDto {
  /** Oldest first; only changes of what is shown here. */
  readonly history: readonly OrganizationVersionDto[];
}

export type ProposalStateDto = 'open' | 'passed' | 'rejected' | 'withdrawn' | 'expired' | 'effective' | 'failed';

export interface ProposalFilter {
  readonly state?: ProposalStateDto;
  readonly kind?: ProposalActionKind;
  /** DID of the organisation that it is about. */
  readonly about?: string;
  readonly openedBy?: string;
}

export interface BallotDto {
  readonly organization: string;
  readonly choice: 'yes' | 'no';
  readonly keyId: string;
  readonly reason: string | null;
  readonly entry: EntryReference;
}

export interface ProposalDto {
  readonly id: string;
  readonly kind: ProposalActionKind;
  /** As in the ledger's state; bytes as hexadecimal text. */
  readonly action: Readonly<Record<string, unknown>>;
  /** The organisation that it is about, by name too; null for parameters. */
  readonly about: { readonly did: string; readonly name: string | null } | null;
  /** The key that a revocation is about. */
  readonly key: { readonly keyId: string; readonly organization: string; readonly purpose: string } | null;
  readonly state: ProposalStateDto;
  readonly reason: string | null;
  readonly opened: EntryReference;
  /** Last height at which a ballot is taken. */
  readonly expiresAt: number;
  readonly effectHeight: number | null;
  readonly decidedHeight: number | null;
  /** Of the moment of the decision; of an open or expired proposal as it stands. */
  readonly tally: Tally;
  readonly failure: string | null;
  /** In the order in which they were cast. */
  readonly ballots: readonly BallotDto[];
  /** What was, or is, before the change; null for what is new. */
  readonly before: {
    readonly organization: Readonly<Record<string, unknown>> | null;
    readonly validators: readonly string[];
    readonly parameters: Readonly<Record<string, number>>;
    /** Percent by action; what is not in it has the default. */
    readonly thresholds: Readonly<Record<string, number>>;
  };
}

/** What one key signed from a height on: what a revocation that trusts it only below would dispute. */
export interface KeyEntriesDto {
  readonly key: OrganizationKeyDto & { readonly organization: string };
  readonly fromHeight: number;
  readonly entries: number;
  readonly byKind: readonly { readonly kind: string; readonly entries: number }[];
  /** Its organisation's offers among them that are unanswered. */
  readonly openTransfers: readonly string[];
  /** Oldest first. */
  readonly page: Page<KeyEntryDto>;
  readonly asOf: AsOf;
}

export interface KeyEntryDto extends EntryReference {
  readonly kind: string;
  readonly subject: string;
}
