import { JsonObject, type JsonValue } from '#codec';
import type { EpcisEvent } from '#trace';
import type { ProblemDetail } from '../../problem/problem.js';
import {
  BUSINESS_STEPS,
  BUSINESS_TRANSACTION_TYPES,
  DISPOSITIONS,
  ERROR_REASONS,
  MEASUREMENTS,
  SENSOR_ALERTS,
  SENSOR_COMPONENTS,
  SOURCE_DESTINATION_TYPES,
} from './cbv-words.js';
import { nearestWord } from './nearest-word.js';

type Note = (suffix: string, code: string, detail: string) => void;

/** Event types of the standard; the events of an extension are judged by nobody but its makers. */
const STANDARD_TYPES: ReadonlySet<string> = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'AssociationEvent',
  'TransactionEvent',
  'TransformationEvent',
]);

/**
 * What the Core Business Vocabulary says beyond the shape of an event. The ledger does not judge words (a new edition of the
 * vocabulary must not need a new version of its rules); this server does, before it signs, as the standard's JSON schema does.
 *
 * @returns every problem, with an RFC 6901 pointer into the document and a sentence for the people who made it
 */
export function checkVocabulary(event: EpcisEvent): readonly ProblemDetail[] {
  if (!STANDARD_TYPES.has(event.type)) return [];
  const problems: ProblemDetail[] = [];
  const note: Note = (suffix, code, detail) => problems.push({ pointer: event.pointer + suffix, code, detail });
  const word = (suffix: string, what: string, term: string | undefined, words: ReadonlySet<string>) => {
    if (term !== undefined && !isTermOf(term, words)) note(suffix, 'EPCIS_NOT_IN_CBV', unknownWord(term, what, words));
  };

  word('/bizStep', 'business step', event.bizStep, BUSINESS_STEPS);
  word('/disposition', 'disposition', event.disposition, DISPOSITIONS);
  for (const change of ['set', 'unset'] as const) {
    for (const [i, term] of (event.persistentDisposition?.[change] ?? []).entries())
      word(`/persistentDisposition/${change}/${i}`, 'disposition', term, DISPOSITIONS);
  }
  for (const [i, { type }] of event.bizTransactions.entries())
    word(`/bizTransactionList/${i}/type`, 'business transaction type', type, BUSINESS_TRANSACTION_TYPES);
  for (const [i, { type }] of event.sources.entries())
    word(`/sourceList/${i}/type`, 'source type', type, SOURCE_DESTINATION_TYPES);
  for (const [i, { type }] of event.destinations.entries())
    word(`/destinationList/${i}/type`, 'destination type', type, SOURCE_DESTINATION_TYPES);
  word('/errorDeclaration/reason', 'error reason', event.errorDeclaration?.reason, ERROR_REASONS);
  checkSensorWords(event, word);
  checkPlaces(event, note);
  return problems;
}

function checkSensorWords(
  event: EpcisEvent,
  word: (suffix: string, what: string, term: string | undefined, words: ReadonlySet<string>) => void,
): void {
  for (const [i, element] of objectsIn(event.json.get('sensorElementList')).entries()) {
    for (const [k, report] of objectsIn(element.get('sensorReport')).entries()) {
      const at = `/sensorElementList/${i}/sensorReport/${k}`;
      word(`${at}/type`, 'measurement', textIn(report, 'type'), MEASUREMENTS);
      word(`${at}/exception`, 'sensor alert', textIn(report, 'exception'), SENSOR_ALERTS);
      word(`${at}/component`, 'component of a vector', textIn(report, 'component'), SENSOR_COMPONENTS);
    }
  }
}

function checkPlaces(event: EpcisEvent, note: Note): void {
  if (
    event.persistentDisposition !== undefined &&
    event.type !== 'ObjectEvent' &&
    event.type !== 'TransformationEvent'
  ) {
    note(
      '/persistentDisposition',
      'EPCIS_MISPLACED_FIELD',
      `A lasting disposition is set by an ObjectEvent or a TransformationEvent, not by an ${event.type}; record it as an event of its own.`,
    );
  }
  const declaration = event.errorDeclaration;
  if (declaration?.reason === 'did_not_occur' && declaration.correctiveEventIds.length > 0) {
    note(
      '/errorDeclaration/correctiveEventIDs',
      'EPCIS_MISPLACED_FIELD',
      'What did not occur is not corrected by other events: leave correctiveEventIDs out, or give the reason "incorrect_data".',
    );
  }
}

/** A word of the list, or a URI: terms of other vocabularies are always URIs. */
function isTermOf(term: string, words: ReadonlySet<string>): boolean {
  return words.has(term) || term.includes(':');
}

function unknownWord(term: string, what: string, words: ReadonlySet<string>): string {
  const nearest = nearestWord(term, words);
  const hint = nearest === undefined ? 'a term of your own is written as a URI' : `did you mean "${nearest}"?`;
  return `"${term}" is no ${what} of the Core Business Vocabulary; ${hint}`;
}

function objectsIn(list: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter((value) => value instanceof JsonObject) : [];
}

function textIn(object: JsonObject, name: string): string | undefined {
  const value = object.get(name);
  return typeof value === 'string' ? value : undefined;
}
