import type { DecodedEntry, EntryId, Finding } from '#ledger';
import { asTraceAction, comparableMeasure, effectiveEventId, PIECES, plainDecimal, type EpcisEvent, type Recall, type Transfer } from '#trace';
import type { EventFieldRow } from '../rows/event-field.row.js';
import type { EventItemRow } from '../rows/event-item.row.js';
import type { EventRow } from '../rows/event.row.js';
import { EventDetails } from './event-details.js';
import { eventPosition } from './event-position.js';

/** An entry, where it stands, and what the index needs beside it. */
export interface EntryContext {
  readonly entry: DecodedEntry;
  readonly height: number;
  readonly index: number;
  readonly logIndex: number;
  readonly blockTime: Date;
  readonly findings: readonly Finding[];
  /** The transfer as the block left it: every entry about a transfer writes its record. */
  readonly transfer: (id: EntryId) => Transfer;
  /** The recall as the block that closed it left it. */
  readonly recall: (id: EntryId) => Recall;
}

export interface EventRows {
  readonly events: readonly EventRow[];
  readonly items: readonly EventItemRow[];
  readonly fields: readonly EventFieldRow[];
}

/** Findings that deny the author's right to pack or unpack; the others contradict in time, which the event's own time decides. */
const DENIALS: ReadonlySet<string> = new Set([
  'FINDING_NOT_OWNER_OR_CUSTODIAN',
  'FINDING_FOREIGN_PREFIX',
  'FINDING_CONTAINED_IN_ITSELF',
  'FINDING_CONTAINER_LIMIT',
]);

const NOTHING: EventRows = { events: [], items: [], fields: [] };

/** The events of an entry and the items they concern: EPCIS events as captured, acts of Lading's own as one event each. */
export function eventRows(context: EntryContext): EventRows {
  const action = asTraceAction(context.entry.action);
  switch (action.kind) {
    case 'epcis.capture':
      return captured(context, action.events);
    case 'item.commission':
      return act(context, 'epc', action.items);
    case 'lot.commission': {
      const { value, uom } = action.quantity;
      return act(context, 'epc', [action.lotKey], quantityDetail(value, uom));
    }
    case 'transfer.offer':
      return act(context, 'transferred', context.transfer(context.entry.statement.entryId).content);
    case 'transfer.accept':
    case 'transfer.reject':
    case 'transfer.cancel':
      return act(context, 'transferred', context.transfer(action.transfer).content);
    case 'recall.open':
      return act(context, 'recalled', action.items);
    case 'recall.close':
      return act(context, 'recalled', context.recall(action.recall).items);
    default:
      return NOTHING;
  }
}

function captured(context: EntryContext, events: readonly EpcisEvent[]): EventRows {
  const { entry } = context;
  const rows: EventRow[] = [];
  const items: EventItemRow[] = [];
  const details = new EventDetails();
  for (const event of events) {
    const denied = deniedItems(context.findings, event.index);
    const parent = event.items.find((item) => item.role === 'parent')?.id.key ?? null;
    // A declaration repeats an event, it does not happen again.
    const isPacking =
      (event.type === 'AggregationEvent' || event.type === 'AssociationEvent') &&
      (event.action === 'ADD' || event.action === 'DELETE') &&
      event.errorDeclaration === undefined &&
      parent !== null &&
      !denied.has(parent);
    let hasChildren = false;
    const raw = textOf(entry.content, event.json.start, event.json.end);
    const position = eventPosition(context.logIndex, event.index);
    for (const [ordinal, { role, id, quantity }] of event.items.entries()) {
      hasChildren ||= role === 'child';
      items.push({
        itemKey: id.key,
        position,
        ordinal,
        role,
        ...(quantity === undefined ? ONE_THING : quantityDetail(quantity.value, quantity.uom)),
        moves: isPacking && role === 'child' && !denied.has(id.key),
      });
    }
    rows.push({
      ...placeOf(context, event.index),
      eventId: effectiveEventId(event, entry.statement.entryId),
      isErrorDeclaration: event.errorDeclaration !== undefined,
      type: event.type,
      action: event.action ?? null,
      eventTime: new Date(event.eventTimeMs),
      timeZoneOffset: event.eventTimeZoneOffset,
      bizStep: event.bizStep ?? null,
      disposition: event.disposition ?? null,
      readPoint: event.readPoint?.key ?? null,
      bizLocation: event.bizLocation?.key ?? null,
      parent,
      unpacksAll: isPacking && event.action === 'DELETE' && !hasChildren,
      supersededBy: null,
      namespaces: details.add(event, raw, position),
      contexts: details.contexts(event),
      raw,
    });
  }
  return { events: rows, items, fields: details.fields };
}

function deniedItems(findings: readonly Finding[], eventIndex: number): ReadonlySet<string> {
  return new Set(findings.filter((finding) => finding.eventIndex === eventIndex && DENIALS.has(finding.code)).map((finding) => finding.item));
}

type ItemDetail = Pick<EventItemRow, 'byQuantity' | 'quantity' | 'number' | 'uom' | 'unit' | 'amount'>;
const ONE_THING: ItemDetail = { byQuantity: false, quantity: null, number: null, uom: null, unit: null, amount: null };

/** @param uom - undefined = pieces */
function quantityDetail(value: string | undefined, uom: string | undefined): ItemDetail {
  const number = plainDecimal(value ?? '');
  const comparable = number === undefined ? undefined : comparableMeasure(uom ?? PIECES, number);
  return {
    byQuantity: true,
    quantity: value ?? null,
    number: number ?? null,
    uom: uom ?? null,
    unit: comparable?.unit ?? null,
    amount: comparable?.number ?? null,
  };
}

function act(context: EntryContext, role: string, keys: readonly string[], detail: ItemDetail = ONE_THING): EventRows {
  const place = placeOf(context, 0);
  const event: EventRow = {
    ...place,
    eventId: null,
    isErrorDeclaration: false,
    type: null,
    action: null,
    eventTime: context.blockTime,
    timeZoneOffset: null,
    bizStep: null,
    disposition: null,
    readPoint: null,
    bizLocation: null,
    parent: null,
    unpacksAll: false,
    supersededBy: null,
    namespaces: null,
    contexts: null,
    raw: textOf(context.entry.content),
  };
  const items = keys.map((itemKey, ordinal) => ({ itemKey, position: place.position, ordinal, role, ...detail, moves: false }));
  return { events: [event], items, fields: [] };
}

type Place = Pick<EventRow, 'position' | 'height' | 'index' | 'eventIndex' | 'kind' | 'author' | 'recordTime'>;

function placeOf(context: EntryContext, eventIndex: number): Place {
  const { kind, issuer } = context.entry.statement;
  return {
    position: eventPosition(context.logIndex, eventIndex),
    height: context.height,
    index: context.index,
    eventIndex,
    kind,
    author: issuer,
    recordTime: context.blockTime,
  };
}

/** Contents are well-formed UTF-8: entries with others are refused. */
export function textOf(content: Uint8Array, start = 0, end = content.length): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8', start, end);
}
