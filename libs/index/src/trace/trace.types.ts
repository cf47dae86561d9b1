import type { At, FindingDto } from '../queries.types.js';

/** Upstream: what it came from. Downstream: what became of it. */
export type TraceWay = 'up' | 'down';
export type TraceDirection = TraceWay | 'both';

export interface TraceRequest {
  readonly direction: TraceDirection;
  /** Moment, in milliseconds since 1970: `up` looks at what happened until then, `down` at what happened from then on. Omitted: everything. */
  readonly atMs?: number;
  /** Steps from the item, 0..50, default 10. */
  readonly depth?: number;
  /** Items in the answer, 1..10,000, default 1,000. */
  readonly limit?: number;
  /** Also fetch what the authors wrote (`TraceEventDto.source`). */
  readonly withSources?: boolean;
}

export interface TraceQuantityDto {
  /** Decimal text, as written where one statement names it, else the exact sum. */
  readonly value: string;
  /** UN/ECE unit code; null = pieces. */
  readonly uom: string | null;
}

export interface TracePlaceDto {
  readonly bizLocation: string | null;
  readonly readPoint: string | null;
  readonly eventTime: string;
  /** Position of the event that says so. */
  readonly event: number;
}

export interface TraceNodeDto {
  /** Canonical identifier. */
  readonly id: string;
  readonly kind: 'item' | 'lot' | 'class' | 'container';
  /** As in `ItemDto`; the ledger's view at `asOf`. `unknown`: named by events, commissioned by nobody. */
  readonly status: string;
  readonly owner: string | null;
  readonly custodian: string | null;
  readonly container: string | null;
  readonly lot: string | null;
  readonly product: string | null;
  readonly quantity: TraceQuantityDto | null;
  /** The last place that an event of this trace tells of it. */
  readonly place: TracePlaceDto | null;
  /** Steps from the item asked about, by way; null when that way does not lead here. Both null: named as lot or class of another node only. */
  readonly depth: { readonly up: number | null; readonly down: number | null };
}

/** `input` became part of `output`. Events are named by their `position`. */
export interface TransformationEdgeDto {
  readonly kind: 'transformation';
  readonly input: string;
  readonly output: string;
  readonly transformationId: string | null;
  readonly inputQuantity: TraceQuantityDto | null;
  readonly outputQuantity: TraceQuantityDto | null;
  /** Part of the inputs that this input was, pro rata, from "0" to "1" with 6 decimals; null unless all inputs have one unit. */
  readonly share: string | null;
  readonly events: readonly number[];
}

/** `child` was inside (or attached to) `parent` from one event to another; `to` null: still is. */
export interface StayEdgeDto {
  readonly kind: 'containment' | 'association';
  readonly child: string;
  readonly parent: string;
  readonly from: { readonly time: string; readonly event: number };
  readonly to: { readonly time: string; readonly event: number } | null;
}

/** A serial of a lot, or a serial or lot of a class. */
export interface MembershipEdgeDto {
  readonly kind: 'memberOf';
  readonly member: string;
  readonly of: string;
}

export type TraceEdgeDto = TransformationEdgeDto | StayEdgeDto | MembershipEdgeDto;

export interface TraceEventDto {
  /** Number of the event on the chain, unique; what edges and tombstones refer to. */
  readonly position: number;
  /** Entry kind: acts of Lading's own are events too, with null for what EPCIS has. */
  readonly kind: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly action: string | null;
  readonly isErrorDeclaration: boolean;
  /** Entry id of the error declaration that took the event back; such an event is shown, not followed. */
  readonly supersededBy: string | null;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  readonly eventIndex: number;
  readonly entryId: string;
  readonly author: string;
  readonly height: number;
  readonly index: number;
  readonly blockTime: string;
  /** As of an `EntryReference`. */
  readonly disputed: boolean;
  /** Nodes of this trace that it names, and as what. */
  readonly items: readonly { readonly item: string; readonly roles: readonly string[] }[];
  readonly findings: readonly FindingDto[];
  /** Null unless asked for, and for all events when they are larger than 16 MiB together. */
  readonly source: TraceEventSource | null;
}

/** An event's JSON text as its author wrote it, and what the prefixes in it stand for. */
export interface TraceEventSource {
  readonly raw: string;
  readonly namespaces: Readonly<Record<string, string>>;
  readonly contexts: readonly string[];
}

/**
 * Why a branch ends: `depth`, `limit` (of nodes, or of what one answer holds), `superseded` (the event was taken back), `unknown-item`
 * (nobody on this ledger has commissioned it, so nothing tells what it was made of).
 */
export type TombstoneReason = 'depth' | 'limit' | 'superseded' | 'unknown-item';

export interface TombstoneDto {
  /** The node at which the trace stops. */
  readonly item: string;
  readonly direction: TraceWay;
  readonly reason: TombstoneReason;
  /** Position of the event that was not followed; null where it is not about one. */
  readonly event: number | null;
}

export interface TraceDto {
  readonly item: string;
  readonly direction: TraceDirection;
  readonly at: string | null;
  /** The item first, then by distance and identifier. */
  readonly nodes: readonly TraceNodeDto[];
  readonly edges: readonly TraceEdgeDto[];
  /** In order of event time; equal times in chain order. */
  readonly events: readonly TraceEventDto[];
  readonly tombstones: readonly TombstoneDto[];
  /** Something was left out because of `depth` or `limit`. */
  readonly truncated: boolean;
}

export interface TraceReads {
  /** @returns undefined when the ledger knows neither the item nor members of it */
  trace(canonicalId: string, request: TraceRequest): Promise<At<TraceDto> | undefined>;
}
