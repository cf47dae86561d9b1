import { type JsonValue } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import type { FieldReader } from '../field-reader.js';
import { EVENT_FIELDS, EXTENSION_EVENT_FIELDS } from './event-fields.js';
import {
  STANDARD_EVENT_TYPES,
  type BizTransaction,
  type EpcisAction,
  type EpcisEvent,
  type ErrorDeclaration,
  type EventItem,
  type EventLocation,
  type EventParty,
  type ItemRole,
  type StandardEventType,
} from './epcis-event.types.js';
import { checkSensorElements } from './check-sensor-elements.js';
import { checkWhatDimension } from './check-what-dimension.js';
import { readDateTime } from './time.js';
import { isVocabularyTerm, VOCABULARY_RULE } from './vocabulary.js';

const TYPES: ReadonlySet<string> = new Set(STANDARD_EVENT_TYPES);
const UOM = /^[A-Z0-9]{2,3}$/;
const ZONE_OFFSET = /^[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00)$/;

/** The lists of an event in the order of the standard, with the role of what stands in them. */
const ITEM_LISTS: readonly {
  readonly name: string;
  readonly role: ItemRole;
  readonly quantities: boolean;
  readonly unique: boolean;
}[] = [
  { name: 'epcList', role: 'epc', quantities: false, unique: true },
  { name: 'quantityList', role: 'epc', quantities: true, unique: false },
  { name: 'childEPCs', role: 'child', quantities: false, unique: false },
  { name: 'childQuantityList', role: 'child', quantities: true, unique: false },
  { name: 'inputEPCList', role: 'input', quantities: false, unique: true },
  { name: 'inputQuantityList', role: 'input', quantities: true, unique: false },
  { name: 'outputEPCList', role: 'output', quantities: false, unique: true },
  { name: 'outputQuantityList', role: 'output', quantities: true, unique: false },
];

/**
 * Reads one event and checks its shape (docs/protocol/entry-kinds.md#epciscapture). Problems are noted in the reader; the
 * event must not be used when there are any.
 *
 * @param context - the `@context` of the document
 */
export function readEvent(event: FieldReader, index: number, context: JsonValue | undefined): EpcisEvent {
  const type = event.matching(
    'type',
    (text) => TYPES.has(text) || isAbsoluteUri(text),
    'an EPCIS event type, or the URI of an extension’s',
  );
  const standard = TYPES.has(type) ? (type as StandardEventType) : undefined;
  event.onlyFields(standard === undefined ? EXTENSION_EVENT_FIELDS : EVENT_FIELDS[standard], 'uri-extensions');

  const time = readTime(event, 'eventTime');
  if (event.has('recordTime')) readTime(event, 'recordTime');
  const eventTimeZoneOffset = event.matching(
    'eventTimeZoneOffset',
    (text) => ZONE_OFFSET.test(text),
    '±hh:mm, at most 14:00',
  );
  const items = readItems(event);
  checkCertificationInfo(event);
  checkSensorElements(event);
  if (event.has('ilmd')) event.child('ilmd')?.onlyFields(new Set(), 'uri-extensions');

  const read: EpcisEvent = {
    index,
    pointer: event.pointer,
    type,
    eventId: event.optionalUri('eventID'),
    eventTime: time.text,
    eventTimeMs: time.ms,
    eventTimeZoneOffset,
    action: readAction(event, standard),
    bizStep: event.optionalMatching('bizStep', isVocabularyTerm, VOCABULARY_RULE),
    disposition: event.optionalMatching('disposition', isVocabularyTerm, VOCABULARY_RULE),
    persistentDisposition: readPersistentDisposition(event),
    readPoint: readLocation(event, 'readPoint'),
    bizLocation: readLocation(event, 'bizLocation'),
    bizTransactions: readBizTransactions(event),
    sources: readParties(event, 'sourceList', 'source'),
    destinations: readParties(event, 'destinationList', 'destination'),
    transformationId: event.optionalUri('transformationID'),
    errorDeclaration: readErrorDeclaration(event),
    items,
    json: event.object,
    context,
  };
  checkWhatDimension(event, read, standard);
  return read;
}

function readAction(event: FieldReader, standard: StandardEventType | undefined): EpcisAction | undefined {
  const required = standard !== undefined && standard !== 'TransformationEvent';
  if (!required && !event.has('action')) return undefined;
  return event.matching(
    'action',
    (text) => text === 'ADD' || text === 'OBSERVE' || text === 'DELETE',
    'ADD, OBSERVE or DELETE',
  ) as EpcisAction;
}

function readTime(event: FieldReader, name: string): { text: string; ms: number } {
  const text = event.text(name, { lengthMax: 64 });
  const ms = readDateTime(text);
  if (ms === undefined)
    event.problems.add('BAD_TIME', `${name} must be an RFC 3339 date and time with offset`, event.at(name));
  return { text, ms: ms ?? 0 };
}

function readItems(event: FieldReader): EventItem[] {
  const items: EventItem[] = [];
  if (event.has('parentID')) {
    const text = event.value('parentID') as JsonValue;
    items.push({
      role: 'parent',
      id: event.checkId(text, 'parentID'),
      text: text as string,
      quantity: undefined,
    });
  }
  for (const list of ITEM_LISTS) {
    if (!event.has(list.name)) continue;
    if (list.quantities) {
      for (const element of event.children(list.name)) items.push(readQuantityElement(element, list.role));
    } else {
      readEpcs(event, list, items);
    }
  }
  return items;
}

const QUANTITY_FIELDS: ReadonlySet<string> = new Set(['epcClass', 'quantity', 'uom']);

function readQuantityElement(element: FieldReader, role: ItemRole): EventItem {
  element.onlyFields(QUANTITY_FIELDS, 'no-extensions');
  const text = element.uri('epcClass');
  return {
    role,
    id: element.checkId(text, 'epcClass'),
    text,
    quantity: {
      value: element.has('quantity') ? element.number('quantity') : undefined,
      uom: element.optionalMatching('uom', (uom) => UOM.test(uom), 'a UN/ECE unit code of 2 or 3 characters'),
    },
  };
}

function readEpcs(event: FieldReader, list: (typeof ITEM_LISTS)[number], items: EventItem[]): void {
  const epcs = event.list(list.name);
  const seen = list.unique && epcs.length > 1 ? new Set<JsonValue>() : undefined;
  for (let i = 0; i < epcs.length; i++) {
    const epc = epcs[i] as JsonValue;
    if (seen?.has(epc))
      event.problems.add('DUPLICATE_ITEM', `${list.name} names an item twice`, event.at(list.name, i));
    seen?.add(epc);
    items.push({
      role: list.role,
      id: event.checkId(epc, list.name, i),
      text: epc as string,
      quantity: undefined,
    });
  }
}

function readLocation(event: FieldReader, name: string): EventLocation | undefined {
  const location = event.optionalChild(name);
  if (location === undefined) return undefined;
  const text = location.uri('id');
  return { key: text === '' ? '' : location.checkId(text, 'id').key, text };
}

const BIZ_TRANSACTION_FIELDS: ReadonlySet<string> = new Set(['type', 'bizTransaction']);

function readBizTransactions(event: FieldReader): BizTransaction[] {
  return event.children('bizTransactionList').map((element) => {
    element.onlyFields(BIZ_TRANSACTION_FIELDS, 'no-extensions');
    return {
      type: element.optionalMatching('type', isVocabularyTerm, VOCABULARY_RULE),
      id: element.uri('bizTransaction'),
    };
  });
}

function readParties(event: FieldReader, listName: string, idName: string): EventParty[] {
  const fields = new Set(['type', idName]);
  return event.children(listName).map((element) => {
    element.onlyFields(fields, 'no-extensions');
    const text = element.uri(idName);
    const type = element.matching('type', isVocabularyTerm, VOCABULARY_RULE);
    return { type, key: text === '' ? '' : element.checkId(text, idName).key, text };
  });
}

const PERSISTENT_DISPOSITION_FIELDS: ReadonlySet<string> = new Set(['set', 'unset']);

function readPersistentDisposition(event: FieldReader): EpcisEvent['persistentDisposition'] {
  const change = event.optionalChild('persistentDisposition');
  if (change === undefined) return undefined;
  change.onlyFields(PERSISTENT_DISPOSITION_FIELDS, 'no-extensions');
  if (!change.has('set') && !change.has('unset')) {
    change.problems.add('MISSING_FIELD', 'persistentDisposition sets or unsets something', change.pointer);
  }
  return { set: readDispositions(change, 'set'), unset: readDispositions(change, 'unset') };
}

function readDispositions(change: FieldReader, name: string): string[] {
  if (!change.has(name)) return [];
  const values = change.list(name);
  const isValid = values.every((value) => typeof value === 'string' && isVocabularyTerm(value));
  if (values.length === 0 || !isValid || new Set(values).size !== values.length) {
    change.problems.add(
      'BAD_VALUE',
      `${name} is a list of at least one disposition, each ${VOCABULARY_RULE}, none twice`,
      change.at(name),
    );
  }
  return values as string[];
}

const ERROR_DECLARATION_FIELDS: ReadonlySet<string> = new Set(['declarationTime', 'reason', 'correctiveEventIDs']);

function readErrorDeclaration(event: FieldReader): ErrorDeclaration | undefined {
  const declaration = event.optionalChild('errorDeclaration');
  if (declaration === undefined) return undefined;
  declaration.onlyFields(ERROR_DECLARATION_FIELDS, 'uri-extensions');
  const time = readTime(declaration, 'declarationTime');
  return {
    declarationTime: time.text,
    declarationTimeMs: time.ms,
    reason: declaration.optionalMatching('reason', isVocabularyTerm, VOCABULARY_RULE),
    correctiveEventIds: declaration
      .optionalList('correctiveEventIDs')
      .map((id, i) => declaration.checkUri(id, 'correctiveEventIDs', i)),
  };
}

/** One URI or a list of them. */
function checkCertificationInfo(event: FieldReader): void {
  if (!event.has('certificationInfo')) return;
  const value = event.value('certificationInfo') as JsonValue;
  if (!Array.isArray(value)) {
    event.checkUri(value, 'certificationInfo');
    return;
  }
  for (const [i, element] of (value as readonly JsonValue[]).entries()) event.checkUri(element, 'certificationInfo', i);
}
