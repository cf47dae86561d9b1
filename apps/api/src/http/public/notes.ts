import type { HistoryEventDto, ItemDto } from '#index';
import { hasPassed } from './dates.js';
import type { PublicNote, PublicStep } from './public-record.types.js';
import type { Subject } from './subject.js';

/** What the index answers about one subject. */
export interface Answers {
  readonly item: ItemDto | undefined;
  readonly events: readonly HistoryEventDto[];
  /** There are more events than were read. */
  readonly isCut: boolean;
  readonly height: number;
}

export interface NoteContext {
  readonly subject: Subject;
  readonly own: Answers;
  readonly steps: readonly PublicStep[];
  /** DID of who registered the product. */
  readonly brand: string | undefined;
  readonly isKnown: boolean;
  readonly expires: string | undefined;
  readonly nowMs: number;
}

/** The ledger itself says that the author had no say. */
const OUTSIDER_FINDINGS: ReadonlySet<string> = new Set(['FINDING_NOT_OWNER_OR_CUSTODIAN', 'FINDING_FOREIGN_PREFIX']);

/** What a reader should know beside the status, or what makes it. */
export function notesOn(context: NoteContext): readonly PublicNote[] {
  const { subject, own, steps, brand, isKnown, expires, nowMs } = context;
  const { item } = own;
  const isItem = subject.kind === 'item';
  const objections = objectionsTo(own).map(({ author, isOutsiders }) =>
    // Quantities of a lot may lie with anybody, so there the ledger does not judge who speaks.
    subject.kind === 'lot' ? ![brand, item?.owner, item?.custodian].includes(author) : isOutsiders,
  );
  const notes: readonly (readonly [PublicNote, boolean])[] = [
    ['expired', expires !== undefined && hasPassed(expires, nowMs)],
    ['disputed', objections.includes(false)],
    ['outsider', objections.includes(true)],
    ['unregistered', (isItem || subject.kind === 'lot') && isKnown && brand === undefined],
    ['other-lot', isItem && isOtherLot(subject.lotKey, item)],
    ['serial-unknown', isItem && !isKnown],
    ['sold', isItem && steps.some(isSale)],
    ['used-up', item?.status === 'inactive'],
    ['destroyed', item?.status === 'destroyed'],
  ];
  return notes.filter(([, applies]) => applies).map(([note]) => note);
}

/**
 * What stands against the rest: events signed with keys that may be somebody else's, and contradictions; without what was taken back.
 * A claim of who has no say marks itself, not the subject: anybody could make one about anything.
 */
function objectionsTo({
  item,
  events,
}: Answers): readonly { readonly author: string; readonly isOutsiders: boolean }[] {
  const withdrawn = new Set(events.filter(({ supersededBy }) => supersededBy !== null).map(placeOf));
  const findings = (item?.findings ?? []).map((finding) => ({ ...finding, ...finding.entry }));
  const ofOutsiders = new Set(findings.filter(({ code }) => OUTSIDER_FINDINGS.has(code)).map(placeOf));
  return [...events.filter(({ disputed }) => disputed), ...findings]
    .filter((event) => !withdrawn.has(placeOf(event)))
    .map((event) => ({ author: event.author, isOutsiders: ofOutsiders.has(placeOf(event)) }));
}

/** One event of one entry. */
function placeOf({ entryId, eventIndex }: { readonly entryId: string; readonly eventIndex: number }): string {
  return `${entryId} ${eventIndex}`;
}

function isOtherLot(named: string | undefined, item: ItemDto | undefined): boolean {
  return named !== undefined && item !== undefined && item.lot !== null && item.lot !== named;
}

function isSale({ what, grade, isContradicted }: PublicStep): boolean {
  return what === 'retail_selling' && grade !== 'withdrawn' && !isContradicted;
}
