import { caseUri, gtinOf, placeUri, ssccOf } from '../demo/identifiers.js';
import type { ProductFamily } from './catalogue.js';
import type { Random } from './random.js';
import type { EventJson, Party, SeedStep, TransferStep } from './seed.types.js';

export interface Parties {
  /** Grows or makes the materials; the maker itself in a network of four. */
  readonly supplier: Party;
  readonly maker: Party;
  readonly carrier: Party;
  readonly wholesaler: Party;
  readonly retailer: Party;
}

/** A container, what is directly inside, and the pieces in it. */
export interface Unit {
  readonly id: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly id: string;
  /** Single items; empty when the pieces are known by their lot. */
  readonly items: readonly string[];
}

/** Events of one entry: at most 1,000, and their JSON together at most 1 MiB. */
const EVENTS_PER_CAPTURE = 500;
const MINUTE_MS = 60_000;

/** A supply chain while it is being made up: what it is about, its clock, and the steps so far. */
export class ChainDraft {
  readonly steps: SeedStep[] = [];
  /** Items that the ledger knows to be no more: nobody can give them away. */
  readonly ended = new Set<string>();
  private events: EventJson[] = [];
  private author: string | undefined;
  private unitCount = 0;

  /**
   * @param tag - in every serial and lot, so that chains of different seeds and numbers do not meet
   * @param ms - when it begins
   */
  constructor(
    readonly parties: Parties,
    readonly family: ProductFamily,
    readonly random: Random,
    readonly tag: string,
    private readonly firstUnit: number,
    private ms: number,
  ) {}

  /** The clock goes on, by minutes. */
  after(minutes: number): number {
    this.ms += Math.round(minutes * MINUTE_MS);
    return this.ms;
  }

  /** Events of one author gather in one capture until it is full or somebody else acts. */
  record(author: Party, ...events: readonly EventJson[]): void {
    if (this.author !== author.did) this.flush();
    this.author = author.did;
    for (const event of events) {
      this.events.push(event);
      if (this.events.length === EVENTS_PER_CAPTURE) this.flush(author.did);
    }
  }

  transfer(
    from: Party,
    to: Party,
    transfers: TransferStep['transfers'],
    items: readonly string[],
    answer: TransferStep['answer'] = { kind: 'accept' },
  ): void {
    this.flush();
    this.steps.push({ kind: 'transfer', from: from.did, to: to.did, transfers, items, answer });
  }

  /** Writes what has gathered. @param next - who goes on */
  flush(next?: string): void {
    if (this.events.length > 0 && this.author !== undefined)
      this.steps.push({ kind: 'capture', by: this.author, events: this.events });
    this.events = [];
    this.author = next;
  }

  lot(owner: Party, reference: string, suffix = ''): string {
    return `https://id.gs1.org/01/${gtinOf(owner.companyPrefix, reference)}/10/${this.tag}${suffix}`;
  }

  serial(reference: string, number: number): string {
    return `https://id.gs1.org/01/${gtinOf(this.parties.maker.companyPrefix, reference)}/21/${this.tag}-${number}`;
  }

  /** The SSCC of a new case or pallet. */
  newUnit(owner: Party): string {
    return caseUri(ssccOf(owner.companyPrefix, this.firstUnit + this.unitCount++));
  }

  /** The asset id (GIAI) of a data logger. */
  logger(number: number): string {
    return `https://id.gs1.org/8004/${this.parties.maker.companyPrefix}LOG${this.tag}-${number}`;
  }
}

/** A place of an organisation; `part` names a dock, a hall, a shop. */
export function placeOf({ gln }: Party, part?: string): string {
  return part === undefined ? placeUri(gln) : `${placeUri(gln)}/254/${part}`;
}

export function partyUri({ gln }: Party): string {
  return `https://id.gs1.org/417/${gln}`;
}

export const kilograms = (amount: number): number => Math.round(amount * 1000) / 1000;
