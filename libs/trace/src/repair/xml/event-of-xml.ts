import type { JsonObject, JsonValue } from '#codec';
import { bareWordOfXml, type CbvKind } from '../cbv-words.js';
import { jsonObject } from '../object-editor.js';
import { numberOfText } from '../repair-values.js';
import type { ExtensionNames } from './extension-names.js';
import type { XmlAttribute, XmlElement } from './read-xml.js';

const TERMS: ReadonlyMap<string, CbvKind> = new Map([
  ['bizStep', 'bizstep'],
  ['disposition', 'disp'],
  ['reason', 'er'],
  ['set', 'disp'],
  ['unset', 'disp'],
]);
const EPC_LISTS = new Set(['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList']);
const QUANTITY_LISTS = new Set(['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList']);
const REFERENCE_LISTS: ReadonlyMap<string, CbvKind> = new Map([
  ['bizTransactionList', 'btt'],
  ['sourceList', 'sdt'],
  ['destinationList', 'sdt'],
]);
const NUMBERS = new Set(['quantity', 'value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue']);
/** EPCIS elements belong to no namespace; some writers put them into that of the document. */
const EPCIS_NAMESPACE = /^urn:epcglobal:epcis(?:-[a-z]+)?:xsd:[12]$/;

export function isEpcisName(namespace: string): boolean {
  return namespace === '' || EPCIS_NAMESPACE.test(namespace);
}

/** One event of EPCIS XML in EPCIS 2.0 JSON; what EPCIS does not name becomes an extension. */
export function eventOfXml(event: XmlElement, names: ExtensionNames): JsonObject {
  return objectOf(event, names, [['type', event.name]], fieldOfEvent);
}

/** The value of an element that EPCIS knows; undefined for one that it does not. */
type FieldReading = (element: XmlElement, names: ExtensionNames) => JsonValue | undefined;

function objectOf(
  element: XmlElement,
  names: ExtensionNames,
  first: readonly (readonly [string, JsonValue])[],
  read: FieldReading,
): JsonObject {
  const members = new Map<string, JsonValue>(first);
  for (const child of fieldsOf(element)) {
    const value = isEpcisName(child.namespace) ? read(child, names) : undefined;
    if (value !== undefined && !members.has(child.name)) members.set(child.name, value);
    else names.addFields(members, [isEpcisName(child.namespace) ? { ...child, namespace: '' } : child]);
  }
  return jsonObject(members);
}

/** The children, with those inside the wrappers that EPCIS 1.x has for what came later. */
function fieldsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    isEpcisName(child.namespace) && (child.name === 'extension' || child.name === 'baseExtension')
      ? fieldsOf(child)
      : [child],
  );
}

const fieldOfEvent: FieldReading = (element, names) => {
  const { name, children } = element;
  if (EPC_LISTS.has(name)) return children.map(({ text }) => text);
  if (QUANTITY_LISTS.has(name)) return children.map((quantity) => objectOf(quantity, names, [], textField));
  const kind = REFERENCE_LISTS.get(name);
  if (kind !== undefined) return children.map((reference) => referenceOf(reference, kind));
  switch (name) {
    case 'readPoint':
    case 'bizLocation':
      return objectOf(element, names, [], textField);
    case 'persistentDisposition':
      return persistentDispositionOf(element);
    case 'errorDeclaration':
      return objectOf(element, names, [], (child) =>
        child.name === 'correctiveEventIDs' ? child.children.map(({ text }) => text) : textField(child, names),
      );
    case 'ilmd':
      return objectOf(element, names, [], () => undefined);
    case 'sensorElementList':
      return children.map((sensor) => sensorElementOf(sensor, names));
    case 'certificationInfo':
      return element.text;
    default:
      return textField(element, names);
  }
};

const textField: FieldReading = ({ name, text, children, attributes }) => {
  if (children.length > 0 || attributes.some(({ namespace }) => namespace === '')) return undefined;
  const kind = TERMS.get(name);
  if (kind !== undefined) return bareWordOfXml(kind, text) ?? text;
  return NUMBERS.has(name) ? (numberOfText(text) ?? text) : text;
};

function referenceOf({ name, text, attributes }: XmlElement, kind: CbvKind): JsonValue {
  const type = attributes.find((attribute) => attribute.name === 'type' && attribute.namespace === '')?.value;
  return jsonObject([
    ...(type === undefined ? [] : [['type', bareWordOfXml(kind, type) ?? type] as const]),
    [name, text],
  ]);
}

function persistentDispositionOf({ children }: XmlElement): JsonValue {
  const ofName = (wanted: string): readonly JsonValue[] =>
    children.filter(({ name }) => name === wanted).map(({ text }) => bareWordOfXml('disp', text) ?? text);
  return jsonObject(
    ['set', 'unset'].map((name) => [name, ofName(name)] as const).filter(([, terms]) => terms.length > 0),
  );
}

/** EPCIS 2.0 XML gives sensor data as attributes. */
function sensorElementOf(element: XmlElement, names: ExtensionNames): JsonValue {
  const members = new Map<string, JsonValue>();
  const reports: JsonValue[] = [];
  for (const child of fieldsOf(element)) {
    const isEpcis = isEpcisName(child.namespace);
    if (isEpcis && child.name === 'sensorMetadata') members.set('sensorMetadata', attributesOf(child, names));
    else if (isEpcis && child.name === 'sensorReport') reports.push(attributesOf(child, names));
    else names.addFields(members, [child]);
  }
  members.set('sensorReport', reports);
  return jsonObject(members);
}

function attributesOf(element: XmlElement, names: ExtensionNames): JsonValue {
  const members = new Map(
    element.attributes.map((attribute) => [names.nameOf(attribute), valueOfAttribute(attribute)] as const),
  );
  names.addFields(members, element.children);
  return jsonObject(members);
}

function valueOfAttribute({ namespace, name, value }: XmlAttribute): JsonValue {
  if (namespace !== '') return value;
  if (name === 'type' || name === 'exception') return bareWordOfXml('sensor', value) ?? value;
  if (name === 'component') return bareWordOfXml('comp', value) ?? value;
  if (name === 'booleanValue')
    return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value;
  return NUMBERS.has(name) ? (numberOfText(value) ?? value) : value;
}
