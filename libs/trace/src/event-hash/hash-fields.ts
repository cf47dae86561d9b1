/** Where the words of a standard vocabulary get their full URI from. */
export const VOCABULARIES = {
  bizStep: 'https://ref.gs1.org/cbv/BizStep-',
  disposition: 'https://ref.gs1.org/cbv/Disp-',
  bizTransactionType: 'https://ref.gs1.org/cbv/BTT-',
  sourceDestinationType: 'https://ref.gs1.org/cbv/SDT-',
  component: 'https://ref.gs1.org/cbv/Comp-',
  gs1: 'https://gs1.org/voc/',
} as const;

export type Vocabulary = keyof typeof VOCABULARIES;

/** A standard field and how it stands in the string that is hashed. */
export interface HashField {
  readonly name: string;
  /** The value is a date and time. */
  readonly isTime?: true;
  /** The value is a word of this vocabulary. */
  readonly vocabulary?: Vocabulary;
  /** The value is an object (or a list of them) with these fields. */
  readonly fields?: readonly HashField[];
  /** The value is a list: its name is written once, every element under this name; '' = the element has no name of its own. */
  readonly element?: string;
}

const QUANTITY: readonly HashField[] = [{ name: 'epcClass' }, { name: 'quantity' }, { name: 'uom' }];
const PLACE: readonly HashField[] = [{ name: 'id' }];

const SENSOR_METADATA: readonly HashField[] = [
  { name: 'time', isTime: true },
  { name: 'startTime', isTime: true },
  { name: 'endTime', isTime: true },
  { name: 'deviceID' },
  { name: 'deviceMetadata' },
  { name: 'rawData' },
  { name: 'dataProcessingMethod' },
  { name: 'bizRules' },
];

const SENSOR_REPORT: readonly HashField[] = [
  { name: 'type', vocabulary: 'gs1' },
  { name: 'exception', vocabulary: 'gs1' },
  { name: 'deviceID' },
  { name: 'deviceMetadata' },
  { name: 'rawData' },
  { name: 'dataProcessingMethod' },
  { name: 'time', isTime: true },
  { name: 'microorganism' },
  { name: 'chemicalSubstance' },
  { name: 'value' },
  { name: 'component', vocabulary: 'component' },
  { name: 'stringValue' },
  { name: 'booleanValue' },
  { name: 'hexBinaryValue' },
  { name: 'uriValue' },
  { name: 'minValue' },
  { name: 'maxValue' },
  { name: 'meanValue' },
  { name: 'sDev' },
  { name: 'percRank' },
  { name: 'percValue' },
  { name: 'uom' },
  { name: 'coordinateReferenceSystem' },
];

/**
 * The order of an event's standard fields. Where the published rules and the published hashes differ, the hashes win:
 * `certificationInfo` is in, and `parentID` stands before `epcList`.
 */
export const EVENT_FIELDS: readonly HashField[] = [
  { name: 'eventTime', isTime: true },
  { name: 'eventTimeZoneOffset' },
  { name: 'certificationInfo' },
  { name: 'parentID' },
  { name: 'epcList', element: 'epc' },
  { name: 'inputEPCList', element: 'epc' },
  { name: 'childEPCs', element: 'epc' },
  { name: 'quantityList', element: 'quantityElement', fields: QUANTITY },
  { name: 'childQuantityList', element: 'quantityElement', fields: QUANTITY },
  { name: 'inputQuantityList', element: 'quantityElement', fields: QUANTITY },
  { name: 'outputEPCList', element: 'epc' },
  { name: 'outputQuantityList', element: 'quantityElement', fields: QUANTITY },
  { name: 'action' },
  { name: 'transformationID' },
  { name: 'bizStep', vocabulary: 'bizStep' },
  { name: 'disposition', vocabulary: 'disposition' },
  {
    name: 'persistentDisposition',
    fields: [
      { name: 'set', vocabulary: 'disposition' },
      { name: 'unset', vocabulary: 'disposition' },
    ],
  },
  { name: 'readPoint', fields: PLACE },
  { name: 'bizLocation', fields: PLACE },
  {
    name: 'sensorElementList',
    element: 'sensorElement',
    fields: [
      { name: 'sensorMetadata', fields: SENSOR_METADATA },
      { name: 'sensorReport', fields: SENSOR_REPORT },
    ],
  },
];

/** Lists that are sorted in among the extensions of the event. Their type comes first: so have it the published hashes. */
export const TYPED_LISTS: readonly HashField[] = [
  {
    name: 'bizTransactionList',
    element: '',
    fields: [{ name: 'type', vocabulary: 'bizTransactionType' }, { name: 'bizTransaction' }],
  },
  {
    name: 'sourceList',
    element: '',
    fields: [{ name: 'type', vocabulary: 'sourceDestinationType' }, { name: 'source' }],
  },
  {
    name: 'destinationList',
    element: '',
    fields: [{ name: 'type', vocabulary: 'sourceDestinationType' }, { name: 'destination' }],
  },
];

/**
 * Members of an event that never count: what a server adds, what declares the event wrong (an event and its declaration share a
 * hash), and its type, which stands in front.
 */
export const EVENT_FIELDS_LEFT_OUT: readonly string[] = [
  'recordTime',
  'eventID',
  'type',
  'errorDeclaration',
  '@context',
];

/** Members that are left out wherever they stand. */
export const COMMENTS: ReadonlySet<string> = new Set(['rdfs:comment', 'comment']);
