import type { TombstoneDto, TraceNodeDto } from '../trace/trace.types.js';

export interface RecallImpactRequest {
  /** Canonical identifiers of items and lots, each once. */
  readonly items: readonly string[];
  /** Only what was made of them in this time, in milliseconds since 1970; what was made of that follows whenever it was. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** A quantity of an affected lot, decimal texts. */
export interface AffectedQuantityDto {
  /** UN/ECE code; `H87` = pieces. */
  readonly unit: string;
  readonly created: string;
  /** `created` × share, rounded up at the ninth decimal; null where the share is not known. */
  readonly affected: string | null;
  readonly onHand: string;
  readonly away: string;
}

/** Who has how much of it now. */
export interface AffectedHolderDto {
  readonly organization: string;
  /** Null for a single item. */
  readonly unit: string | null;
  readonly quantity: string;
}

export interface AffectedItemDto {
  readonly id: string;
  readonly kind: TraceNodeDto['kind'];
  /**
   * target: named in the recall. member: a serial number of an affected lot. product: made of something affected. carrier: a container that holds, or
   * held, something affected.
   */
  readonly as: 'target' | 'member' | 'product' | 'carrier';
  /** Steps from the nearest target. */
  readonly depth: number;
  /** At most this part of it comes from the targets, "0" to "1" with at most 6 decimals, rounded up; null where that is not known. */
  readonly share: string | null;
  readonly status: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
  readonly lot: string | null;
  readonly product: string | null;
  /** Where an event last saw it. */
  readonly place: TraceNodeDto['place'];
  readonly quantities: readonly AffectedQuantityDto[];
  readonly holders: readonly AffectedHolderDto[];
}

/** What an organisation has to look for. */
export interface ImpactedOrganizationDto {
  readonly organization: string;
  readonly name: string | null;
  /** Single items that it holds, not ended. */
  readonly items: number;
  /** Lots of which it has a quantity on hand. */
  readonly lots: number;
  /** Summed over lots, by unit. */
  readonly quantities: readonly { readonly unit: string; readonly onHand: string }[];
}

/** What the ledger cannot tell. */
export interface UnknownImpactDto {
  /** Targets that the ledger does not know. */
  readonly targets: readonly string[];
  /** Where the trace ends, and why. */
  readonly tombstones: readonly TombstoneDto[];
  /** Quantities that were shipped and that nobody on this ledger has received. */
  readonly away: readonly { readonly item: string; readonly unit: string; readonly quantity: string }[];
  /** Lots without a quantity that can be counted. */
  readonly withoutQuantity: readonly string[];
  /** Products of which the share is not known: inputs in several units, or without quantities. */
  readonly withoutShare: readonly string[];
  /** Affected items that nobody on this ledger holds. */
  readonly withoutHolder: readonly string[];
}

export interface RecallImpactDto {
  readonly targets: readonly string[];
  readonly window: { readonly from: string | null; readonly to: string | null };
  /** Nearest to the targets first. */
  readonly affected: readonly AffectedItemDto[];
  /** In order of their DIDs. */
  readonly organizations: readonly ImpactedOrganizationDto[];
  readonly unknown: UnknownImpactDto;
  /** Nothing is unknown, and nothing was left out because there was too much. */
  readonly isComplete: boolean;
  readonly truncated: boolean;
}
