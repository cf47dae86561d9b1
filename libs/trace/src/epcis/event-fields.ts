import type { StandardEventType } from './epcis-event.types.js';

// Which fields an event of each type may have (EPCIS 2.0 JSON Schema 2.0.1, propertyNames). Anything else must be an
// extension, named by a URI or CURIE.

const COMMON = [
  '@context',
  'type',
  'eventTime',
  'recordTime',
  'eventTimeZoneOffset',
  'eventID',
  'certificationInfo',
  'errorDeclaration',
  'bizStep',
  'disposition',
  'persistentDisposition',
  'readPoint',
  'bizLocation',
  'bizTransactionList',
  'sourceList',
  'destinationList',
  'sensorElementList',
];
const AGGREGATED = [...COMMON, 'action', 'parentID', 'childEPCs', 'childQuantityList'];

export const EVENT_FIELDS: Readonly<Record<StandardEventType, ReadonlySet<string>>> = {
  ObjectEvent: new Set([...COMMON, 'action', 'epcList', 'quantityList', 'ilmd']),
  AggregationEvent: new Set(AGGREGATED),
  AssociationEvent: new Set(AGGREGATED),
  TransactionEvent: new Set([...COMMON, 'action', 'parentID', 'epcList', 'quantityList']),
  TransformationEvent: new Set([
    ...COMMON,
    'inputEPCList',
    'inputQuantityList',
    'outputEPCList',
    'outputQuantityList',
    'transformationID',
    'ilmd',
  ]),
};

/** What an event of a type that is not the standard's may have: any of the standard's fields. */
export const EXTENSION_EVENT_FIELDS: ReadonlySet<string> = new Set(
  Object.values(EVENT_FIELDS).flatMap((fields) => [...fields]),
);

export const DOCUMENT_FIELDS: ReadonlySet<string> = new Set([
  '@context',
  'id',
  'type',
  'schemaVersion',
  'creationDate',
  'instanceIdentifier',
  'sender',
  'receiver',
  'epcisHeader',
  'epcisBody',
]);

export const SENSOR_ELEMENT_FIELDS: ReadonlySet<string> = new Set(['sensorMetadata', 'sensorReport']);

export const SENSOR_METADATA_FIELDS: ReadonlySet<string> = new Set([
  'time',
  'deviceID',
  'deviceMetadata',
  'rawData',
  'startTime',
  'endTime',
  'dataProcessingMethod',
  'bizRules',
]);

export const SENSOR_REPORT_FIELDS: ReadonlySet<string> = new Set([
  'type',
  'exception',
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
  'time',
  'microorganism',
  'chemicalSubstance',
  'coordinateReferenceSystem',
  'value',
  'component',
  'stringValue',
  'booleanValue',
  'hexBinaryValue',
  'uriValue',
  'minValue',
  'maxValue',
  'meanValue',
  'sDev',
  'percRank',
  'percValue',
  'uom',
]);
