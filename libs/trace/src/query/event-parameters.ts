import { isVocabularyTerm } from '../epcis/vocabulary.js';
import type { EventPredicate, FieldScope, PlacePredicate, TermPredicate, TimePredicate } from './event-query.types.js';
import { expandName } from './field-name.js';
import { fieldValue, type Parameter } from './parameter.js';

/** @returns undefined when the parameter asks for nothing */
export type ReadParameter = (parameter: Parameter) => EventPredicate | undefined;

/** Parameters about the event as a whole; those about items, sensors, extensions have tables of their own. */
export const EVENT_PARAMETERS: ReadonlyMap<string, ReadParameter> = new Map<string, ReadParameter>([
  ['eventType', term('type')],
  ['EQ_action', readAction],
  ['EQ_bizStep', term('bizStep')],
  ['EQ_disposition', term('disposition')],
  ['EQ_eventID', (parameter) => ({ kind: 'term', field: 'eventID', values: parameter.uris() })],
  ['GE_eventTime', time('eventTime', 'GE')],
  ['LT_eventTime', time('eventTime', 'LT')],
  ['GE_recordTime', time('recordTime', 'GE')],
  ['LT_recordTime', time('recordTime', 'LT')],
  ['EQ_readPoint', place('readPoint', false)],
  ['WD_readPoint', place('readPoint', true)],
  ['EQ_bizLocation', place('bizLocation', false)],
  ['WD_bizLocation', place('bizLocation', true)],
  ['EQ_persistentDisposition_set', words('persistentDisposition', 'set')],
  ['EQ_persistentDisposition_unset', words('persistentDisposition', 'unset')],
  ['EQ_transformationID', (parameter) => equal('event', 'transformationID', parameter.ids())],
  ['EXISTS_errorDeclaration', (parameter) => (parameter.flag() ? { kind: 'errorDeclaration' } : undefined)],
  ['EQ_errorReason', words('errorDeclaration', 'reason')],
  ['EQ_correctiveEventID', (parameter) => equal('errorDeclaration', 'correctiveEventID', parameter.uris())],
  // The URL form and the standard's JSON schema spell these differently.
  ['GE_errorDeclarationTime', declarationTime('GE')],
  ['LT_errorDeclarationTime', declarationTime('LT')],
  ['GE_errorDeclaration_Time', declarationTime('GE')],
  ['LT_errorDeclaration_Time', declarationTime('LT')],
]);

/** `EQ_(bizTransaction|source|destination)_<type>` */
const TYPED_LIST_PARAMETER = /^EQ_(bizTransaction|source|destination)_(.+)$/;

export function readTypedList(parameter: Parameter): EventPredicate | undefined {
  const match = TYPED_LIST_PARAMETER.exec(parameter.name);
  if (match === null || !isVocabularyTerm(match[2] as string)) return undefined;
  return equal(match[1] as FieldScope, match[2] as string, parameter.ids());
}

function term(field: TermPredicate['field']): ReadParameter {
  return (parameter) => ({ kind: 'term', field, values: readTerms(parameter) });
}

/**
 * Words of the vocabulary in any of their spellings become bare words, as events have them; terms of others are compared as written and
 * written out.
 */
function readTerms(parameter: Parameter): readonly string[] {
  return parameter.texts().flatMap((text) => {
    const word = CBV_SPELLING.exec(text)?.[1] ?? text;
    if (!isVocabularyTerm(word)) parameter.refuse(`${word.slice(0, 100)} is neither a bare CBV word nor a URI`);
    const { namespace, local } = expandName(word, parameter.namespaces);
    return word.includes(':') && namespace + local !== word ? [word, namespace + local] : [word];
  });
}

/** `urn:epcglobal:cbv:bizstep:shipping`, `https://ref.gs1.org/cbv/BizStep-shipping` */
const CBV_SPELLING =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp|er):|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/[A-Za-z]+-)([A-Za-z_]+)$/;

function readAction(parameter: Parameter): TermPredicate {
  const values = parameter.texts();
  if (!values.every((value) => ['ADD', 'OBSERVE', 'DELETE'].includes(value))) {
    parameter.refuse('ADD, OBSERVE or DELETE is expected');
  }
  return { kind: 'term', field: 'action', values };
}

function time(field: TimePredicate['field'], test: TimePredicate['test']): ReadParameter {
  return (parameter) => ({ kind: 'time', field, test, ms: parameter.time() });
}

function place(field: PlacePredicate['field'], withDescendants: boolean): ReadParameter {
  return (parameter) => {
    return { kind: 'place', field, match: { keys: parameter.ids(), like: [] }, withDescendants };
  };
}

function words(scope: FieldScope, local: string): ReadParameter {
  return (parameter) => equal(scope, local, readTerms(parameter));
}

function declarationTime(op: 'GE' | 'LT'): ReadParameter {
  return (parameter) => {
    const ms = parameter.time();
    return {
      kind: 'field',
      scopes: ['errorDeclaration'],
      inner: false,
      name: { prefix: '', local: 'declarationTime' },
      test: { op, value: { text: '', number: undefined, time: ms } },
    };
  };
}

/** A field of the standard that holds one of these texts. */
function equal(scope: FieldScope, local: string, texts: readonly string[]): EventPredicate {
  const values = texts.map((text) => ({ ...fieldValue(text), number: undefined, time: undefined }));
  return { kind: 'field', scopes: [scope], inner: false, name: { prefix: '', local }, test: { op: 'EQ', values } };
}
