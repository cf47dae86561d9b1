import { Inject, Injectable } from '@nestjs/common';
import type { IndexReads, ItemDto, RecallDto } from '#index';
import { PUBLIC_PAGE } from '../parts.js';
import { IndexReader } from '../reads/index-reader.js';
import { recordedDates } from './dates.js';
import { notesOn, type Answers } from './notes.js';
import type { PublicPageSettings } from './public-page-settings.js';
import type { Party, PublicNote, PublicRecall, PublicRecord, PublicStatus } from './public-record.types.js';
import { stepsOf } from './steps.js';
import { lotNumber, type Subject } from './subject.js';

/** Of one history; a page says when there are more. */
const EVENTS_MAX = 200;
const ORGANIZATIONS_MAX = 200;
/** What is recorded about a subject, reduced to what the organisation shows everybody. */
@Injectable()
export class PublicRecords {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(PUBLIC_PAGE) private readonly settings: PublicPageSettings,
  ) {}

  /** The same questions are asked whatever is known, so that the unknown is not found out by the time it takes. */
  find(subject: Subject, nowMs: number): Promise<PublicRecord> {
    return this.index.read({}, (reads) => this.assemble(reads, subject, nowMs));
  }

  private async assemble(reads: IndexReads, subject: Subject, nowMs: number): Promise<PublicRecord> {
    const [own, product, names] = await Promise.all([
      answersAbout(reads, subject.key),
      subject.gtin === undefined ? undefined : reads.product(subject.gtin),
      this.names(reads),
    ]);
    // The lot that the ledger has the item in, and the one that the code says it is in.
    const lotKeys = [...new Set([own.item?.lot, subject.lotKey])].filter(isOther(subject.key));
    const lots = await Promise.all(lotKeys.map((key) => answersAbout(reads, key)));
    const recalls = await openRecalls(reads, [own, ...lots]);

    const parties = new Parties(product?.owner, names);
    const steps = stepsOf(own.events, {
      item: subject.key,
      partyOf: (did) => parties.of(did),
      showsPlaces: this.settings.shows.has('places'),
    });
    const dates = recordedDates([...own.events, ...lots.flatMap(({ events }) => events)]);
    const isKnown = subject.kind === 'product' ? product !== undefined : isInUse(subject, own.item);
    const notes = notesOn({ subject, own, steps, brand: product?.owner, isKnown, expires: dates.expires, nowMs });
    // About a code that nobody has put into use the product's name would say more than is known.
    const isShown = isKnown || recalls.length > 0;
    const { quantity } = own.item ?? {};
    return {
      subject,
      status: statusOf(subject, { isKnown, isRecalled: recalls.length > 0, notes }),
      notes,
      recalls,
      product:
        product === undefined || !isShown
          ? undefined
          : {
              name: product.name,
              nameZh: chineseName(product.attributesJson),
              owner: parties.of(product.owner),
            },
      lot: lotNumber(own.item?.lot) ?? subject.lot,
      expires: dates.expires,
      bestBefore: dates.bestBefore,
      quantity:
        this.settings.shows.has('quantities') && quantity
          ? `${quantity.value} ${quantity.uom ?? ''}`.trim()
          : undefined,
      steps,
      isCut: own.isCut,
      organizationCount: new Set(own.events.map(({ author }) => author)).size,
      history: own.item?.history,
      height: Math.min(own.height, ...lots.map(({ height }) => height)),
    };
  }

  private async names(reads: IndexReads): Promise<ReadonlyMap<string, string>> {
    if (!this.settings.shows.has('organizations')) return new Map();
    const { items } = await reads.organizations({}, { limit: ORGANIZATIONS_MAX });
    return new Map(items.map(({ did, name }) => [did, name]));
  }
}

/** Who appears, in the order of appearance. */
class Parties {
  private readonly known = new Map<string, Party>();
  private others = 0;

  constructor(
    private readonly brand: string | undefined,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  of(did: string): Party {
    const known = this.known.get(did);
    if (known !== undefined) return known;
    const party: Party = { role: did === this.brand ? 'brand' : ++this.others, name: this.names.get(did) };
    this.known.set(did, party);
    return party;
  }
}

async function answersAbout(reads: IndexReads, key: string): Promise<Answers> {
  const [item, history, { height }] = await Promise.all([
    reads.item(key),
    reads.itemHistory(key, { limit: EVENTS_MAX }),
    reads.asOf(),
  ]);
  const isCut = (history?.nextCursor ?? null) !== null || history?.truncated === true;
  return { item, events: history?.events ?? [], isCut, height: item?.asOf.height ?? height };
}

async function openRecalls(reads: IndexReads, answers: readonly Answers[]): Promise<readonly PublicRecall[]> {
  const ids = new Set(answers.flatMap(({ item }) => item?.openRecalls ?? []));
  const recalls = await Promise.all([...ids].map((id) => reads.recall(id)));
  return recalls
    .filter((recall) => recall !== undefined)
    .map(({ id, title, instructions, opened }: RecallDto) => ({
      entryId: id,
      height: opened.height,
      title,
      instructions,
      since: opened.blockTime.slice(0, 'YYYY-MM-DD'.length),
    }));
}

/** Somebody who may has put the identifier into use; what holds others comes into being by being packed. */
function isInUse({ kind }: Subject, item: ItemDto | undefined): boolean {
  return item !== undefined && (item.status !== 'unknown' || kind === 'unit');
}

function statusOf(
  { kind }: Subject,
  known: { readonly isKnown: boolean; readonly isRecalled: boolean; readonly notes: readonly PublicNote[] },
): PublicStatus {
  // A lot that is called back is called back with all its serial numbers, also those that nobody recorded.
  if (known.isRecalled) return 'RECALLED';
  if (!known.isKnown) return 'UNKNOWN';
  if (kind === 'product') return 'PRODUCT';
  if (known.notes.includes('expired')) return 'EXPIRED';
  return known.notes.includes('disputed') ? 'DISPUTED' : 'OK';
}

function isOther(key: string): (lot: string | null | undefined) => lot is string {
  return (lot): lot is string => lot !== undefined && lot !== null && lot !== key;
}

/** As the dashboard's product editor writes it. */
function chineseName(attributesJson: string | null): string | undefined {
  if (attributesJson === null) return undefined;
  const { name_zh: name } = JSON.parse(attributesJson) as { readonly name_zh?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}
