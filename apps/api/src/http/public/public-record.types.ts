import type { Subject } from './subject.js';

/** `PRODUCT`: the code names a kind of product, about which there is nothing to say of a single item. */
export type PublicStatus = 'OK' | 'RECALLED' | 'EXPIRED' | 'DISPUTED' | 'UNKNOWN' | 'PRODUCT';

/** As on the dashboard's item page (docs/reference/public-page.md#claim-grades). */
export type Grade = 'stated' | 'confirmed' | 'certified' | 'offered' | 'disputed' | 'withdrawn';

/** Who did something, without saying who that is. */
export interface Party {
  /** `brand` registered the product; others are numbered in the order in which they appear, from 1. */
  readonly role: 'brand' | number;
  /** Only where organisations are public. */
  readonly name: string | undefined;
}

export interface PublicEntry {
  readonly entryId: string;
  readonly height: number;
}

export interface PublicStep {
  /** Business step of the event as its bare word, or what was done: `handed_over`, `offered`, `recalled` … */
  readonly what: string;
  /** YYYY-MM-DD, where it happened. */
  readonly day: string;
  readonly by: Party;
  /** The other side of a handover. */
  readonly to: Party | undefined;
  /** Canonical identifier; only where places are public. */
  readonly place: string | undefined;
  readonly grade: Grade;
  /** Contradicts what was recorded before. */
  readonly isContradicted: boolean;
  /** Of something that it was packed in. */
  readonly isOfContainer: boolean;
  /** What it was read from; of a handover offer and acceptance. */
  readonly entries: readonly PublicEntry[];
}

/** Something that a reader should know beside the status, each with its own sentence. */
export type PublicNote =
  | 'expired'
  | 'disputed'
  | 'outsider'
  | 'unregistered'
  | 'other-lot'
  | 'serial-unknown'
  | 'sold'
  | 'used-up'
  | 'destroyed';

export interface PublicRecall extends PublicEntry {
  readonly title: string;
  readonly instructions: string | null;
  /** YYYY-MM-DD */
  readonly since: string;
}

/** Everything about one thing that its node tells the public: what is not in here can be on no page. */
export interface PublicRecord {
  readonly subject: Subject;
  readonly status: PublicStatus;
  readonly notes: readonly PublicNote[];
  readonly recalls: readonly PublicRecall[];
  readonly product: { readonly name: string; readonly nameZh: string | undefined; readonly owner: Party } | undefined;
  /** As recorded; where nothing is, what the code says. */
  readonly lot: string | undefined;
  /** A day or an instant, as recorded. */
  readonly expires: string | undefined;
  readonly bestBefore: string | undefined;
  /** As created, with its UN/ECE unit; only where quantities are public. */
  readonly quantity: string | undefined;
  /** By the time of what happened, oldest first. */
  readonly steps: readonly PublicStep[];
  /** There are later events than were read. */
  readonly isCut: boolean;
  readonly organizationCount: number;
  /** Entries of the item, and their digest, as they can be proved complete; undefined when nothing is recorded. */
  readonly history: { readonly count: number; readonly digest: string } | undefined;
  /** Height at which this is true. */
  readonly height: number;
}
