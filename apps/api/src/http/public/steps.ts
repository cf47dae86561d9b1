import type { HistoryEventDto } from '#index';
import { canonicalId } from '#trace';
import type { Grade, Party, PublicStep } from './public-record.types.js';

/** What a step may say of who and where. */
export interface StepOptions {
  /** Canonical key of whose history it is. */
  readonly item: string;
  readonly partyOf: (did: string) => Party;
  readonly showsPlaces: boolean;
}

/** Members of contents that steps are made from. */
interface Content {
  readonly transfer?: unknown;
  readonly to?: unknown;
  readonly accepted?: unknown;
  readonly parentID?: unknown;
  readonly certificationInfo?: unknown;
}
type Read = HistoryEventDto & { readonly content: Content };

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Acts by their entry kind; answers are part of the offer's step, unless they say that nothing came of it. */
const ACTS: Readonly<Record<string, string>> = {
  'item.commission': 'commissioning',
  'lot.commission': 'commissioning',
  'transfer.accept': 'accepting',
  'transfer.reject': 'rejected',
  'transfer.cancel': 'cancelled',
  'recall.open': 'recalled',
  'recall.close': 'recall_closed',
};

/** A history as steps, oldest first: an offer and its acceptance are one, and what only declares an error is none. */
export function stepsOf(events: readonly HistoryEventDto[], options: StepOptions): readonly PublicStep[] {
  const read: readonly Read[] = events.map((event) => ({ ...event, content: JSON.parse(event.json) as Content }));
  const names = namesOf(read, options.item);
  const acceptances = new Map<unknown, Read>();
  const offers = new Set<unknown>();
  for (const event of read) {
    if (event.kind === 'transfer.offer') offers.add(event.entryId);
    if (event.kind === 'transfer.accept' && tookPart(event, names)) acceptances.set(event.content.transfer, event);
  }
  return read.flatMap((event) => {
    if (event.isErrorDeclaration) return [];
    const accepted = event.kind === 'transfer.offer' ? acceptances.get(event.entryId) : undefined;
    if (event.kind === 'transfer.accept') {
      const isMerged = acceptances.get(event.content.transfer) === event && offers.has(event.content.transfer);
      if (isMerged || !tookPart(event, names)) return [];
    }
    return [stepOf(event, accepted, options)];
  });
}

function stepOf(event: Read, accepted: Read | undefined, { partyOf, showsPlaces }: StepOptions): PublicStep {
  const { to } = event.content;
  const place = event.bizLocation ?? event.readPoint;
  return {
    what: whatOf(event, accepted),
    day: dayOf(accepted ?? event),
    by: partyOf(event.author),
    to: event.kind === 'transfer.offer' && typeof to === 'string' ? partyOf(to) : undefined,
    place: showsPlaces && place !== null ? place : undefined,
    grade: gradeOf(event, accepted),
    isContradicted: event.findings.length > 0,
    isOfContainer: event.inheritedFrom !== null,
    entries: [event, ...(accepted === undefined ? [] : [accepted])].map(({ entryId, height }) => ({ entryId, height })),
  };
}

function whatOf({ kind, bizStep, type, action }: Read, accepted: Read | undefined): string {
  if (kind === 'transfer.offer') return accepted === undefined ? 'offered' : 'handed_over';
  if (kind !== 'epcis.capture') return ACTS[kind] ?? 'other';
  if (bizStep !== null) return bizStep;
  if (type === 'TransformationEvent') return 'transforming';
  if (action === 'ADD') return type === 'ObjectEvent' ? 'commissioning' : 'packing';
  if (action === 'DELETE') return type === 'ObjectEvent' ? 'decommissioning' : 'unpacking';
  return 'observing';
}

function gradeOf(event: Read, accepted: Read | undefined): Grade {
  if (event.disputed || accepted?.disputed === true) return 'disputed';
  if (event.supersededBy !== null) return 'withdrawn';
  if (event.kind === 'transfer.accept' || accepted !== undefined) return 'confirmed';
  if (event.kind === 'transfer.offer') return 'offered';
  return event.content.certificationInfo === undefined ? 'stated' : 'certified';
}

/** Of a part that was accepted the item must be one, or inside one. */
function tookPart({ content: { accepted } }: Read, names: ReadonlySet<string>): boolean {
  return !Array.isArray(accepted) || accepted.some((id) => typeof id === 'string' && names.has(keyOf(id)));
}

/** The item and whatever it was packed in. */
function namesOf(events: readonly Read[], item: string): ReadonlySet<string> {
  const names = new Set([item]);
  for (const { inheritedFrom, roles, content } of events) {
    if (inheritedFrom !== null) names.add(inheritedFrom);
    if (roles.includes('child') && typeof content.parentID === 'string') names.add(keyOf(content.parentID));
  }
  return names;
}

function keyOf(id: string): string {
  const canonical = canonicalId(id);
  return canonical.ok ? canonical.value.key : id;
}

/** The day where it happened, where the event says how far from UTC that is. */
function dayOf({ eventTime, eventTimeZoneOffset }: Read): string {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(eventTimeZoneOffset ?? '') ?? [];
  const offsetMinutes = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return new Date(Date.parse(eventTime) + offsetMinutes * 60_000).toISOString().slice(0, DAY_LENGTH);
}
