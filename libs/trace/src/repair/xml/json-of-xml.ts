import { failure, success, utf8Decode, type JsonObject, type JsonValue, type Result } from '#codec';
import { jsonObject } from '../object-editor.js';
import { EPCIS_CONTEXT } from '../repair-json.js';
import type { RepairLog } from '../repair-log.js';
import { eventOfXml, isEpcisName } from './event-of-xml.js';
import { ExtensionNames } from './extension-names.js';
import { readXml, type XmlElement } from './read-xml.js';

const ROOTS = new Set(['EPCISDocument', 'EPCISQueryDocument', 'EPCISMasterDataDocument']);
/** What the lists may stand in. */
const WRAPPERS = new Set(['EPCISBody', 'QueryResults', 'resultsBody']);
const SHOWN_CHARS = 200;

/**
 * Translates an EPCIS 1.x or 2.0 XML document into EPCIS 2.0 JSON: the same fields and values in the other binding, namespaces as
 * prefixes of `@context`. The translation as a whole is one repair; what is wrong with the values is left to the repairs of JSON.
 * @returns failure EPCIS_XML_NOT_EPCIS, or those of `readXml`
 */
export function jsonOfXml(bytes: Uint8Array, log: RepairLog): Result<JsonValue> {
  const read = readXml(bytes);
  if (!read.ok) return read;
  const root = read.value;
  if (!ROOTS.has(root.name) || !isEpcisName(root.namespace)) {
    return failure('EPCIS_XML_NOT_EPCIS', 'the root element is no EPCISDocument');
  }
  log.add(
    'REPAIR_FROM_XML',
    '',
    utf8Decode(bytes)?.slice(0, SHOWN_CHARS),
    undefined,
    'The document was translated from EPCIS XML to EPCIS 2.0 JSON.',
  );
  return success(documentOf(root, log));
}

function documentOf(root: XmlElement, log: RepairLog): JsonObject {
  const names = new ExtensionNames(log);
  const header = child(root, 'EPCISHeader');
  const content = contentOf(root, log);
  const events = content
    .filter(({ name }) => name === 'EventList')
    .flatMap((list) => eventsOf(list).map((event) => eventOfXml(event, names)));
  const members = new Map<string, JsonValue>();
  if (header !== undefined) readHeader(header, members, names, log);
  // Of a master data document, or the answer to a query for master data.
  const described = content.find(({ name }) => name === 'VocabularyList');
  if (described !== undefined && !members.has('epcisHeader'))
    members.set('epcisHeader', masterDataOf(described, names));
  const extensions = new Map<string, JsonValue>();
  names.addFields(
    extensions,
    root.children.filter(({ namespace }) => !isEpcisName(namespace)),
  );
  const creationDate = root.attributes.find(({ name }) => name === 'creationDate')?.value;
  return jsonObject([
    ['@context', names.context.length === 0 ? EPCIS_CONTEXT : [EPCIS_CONTEXT, ...names.context]],
    ['type', 'EPCISDocument'],
    ['schemaVersion', '2.0'],
    ...(creationDate === undefined ? [] : [['creationDate', creationDate] as const]),
    ...members,
    ...extensions,
    ['epcisBody', jsonObject([['eventList', events]])],
  ]);
}

/** The lists in the body of a document or of a query's answer; what stands beside them is left out, and told. */
function contentOf(root: XmlElement, log: RepairLog): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const look = (element: XmlElement, at: string): void => {
    for (const part of element.children) {
      const within = `${at}/${part.name}`;
      if (part.name === 'EventList' || part.name === 'VocabularyList') found.push(part);
      else if (WRAPPERS.has(part.name)) look(part, within);
      else if (part.name !== 'EPCISHeader' && !(element === root && !isEpcisName(part.namespace))) {
        const sentence = `${within.slice(1)} of the XML document says nothing of its events; EPCIS 2.0 JSON has no place for it.`;
        log.add(
          'REPAIR_LEFT_OUT',
          '/epcisBody',
          part.text === '' ? part.name : `${part.name}: ${part.text}`,
          undefined,
          sentence,
        );
      }
    }
  };
  look(root, '');
  return found;
}

/** EPCIS 1.x puts the events that came later into `extension`. */
function eventsOf(list: XmlElement): readonly XmlElement[] {
  return list.children.flatMap((element) =>
    isEpcisName(element.namespace) && element.name === 'extension' ? eventsOf(element) : [element],
  );
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

/** The business document header has three fields in EPCIS 2.0 JSON, master data their own place; nothing else of it has one. */
function readHeader(header: XmlElement, members: Map<string, JsonValue>, names: ExtensionNames, log: RepairLog): void {
  for (const part of header.children.flatMap((element) =>
    element.name === 'extension' ? element.children : [element],
  )) {
    if (part.name === 'StandardBusinessDocumentHeader') readBusinessHeader(part, members);
    else if (part.name === 'EPCISMasterData') {
      const list = child(part, 'VocabularyList');
      if (list !== undefined) members.set('epcisHeader', masterDataOf(list, names));
    }
    if (part.name !== 'EPCISMasterData') {
      const sentence = 'EPCIS 2.0 JSON keeps sender, receiver and identifier of this header, nothing else.';
      log.add('REPAIR_LEFT_OUT', '/epcisHeader', part.name, undefined, sentence);
    }
  }
}

function readBusinessHeader(header: XmlElement, members: Map<string, JsonValue>): void {
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ['sender', ['Sender', 'Identifier']],
    ['receiver', ['Receiver', 'Identifier']],
    ['instanceIdentifier', ['DocumentIdentification', 'InstanceIdentifier']],
  ];
  for (const [field, path] of fields) {
    let at: XmlElement | undefined = header;
    for (const name of path) at = at === undefined ? undefined : child(at, name);
    if (at !== undefined && at.text !== '') members.set(field, at.text);
  }
}

function masterDataOf(list: XmlElement, names: ExtensionNames): JsonValue {
  const vocabularies = list.children.map((vocabulary) =>
    jsonObject([
      ['type', attribute(vocabulary, 'type')],
      [
        'vocabularyElementList',
        (child(vocabulary, 'VocabularyElementList')?.children ?? []).map((element) =>
          vocabularyElementOf(element, names),
        ),
      ],
    ]),
  );
  return jsonObject([['epcisMasterData', jsonObject([['vocabularyList', vocabularies]])]]);
}

function vocabularyElementOf(element: XmlElement, names: ExtensionNames): JsonValue {
  const attributes = element.children
    .filter(({ name }) => name === 'attribute')
    .map((entry) =>
      jsonObject([
        ['id', attribute(entry, 'id')],
        ['attribute', entry.children.length === 0 ? entry.text : names.valueOf({ ...entry, attributes: [] })],
      ]),
    );
  const children = (child(element, 'children')?.children ?? []).map(({ text }) => text);
  return jsonObject([
    ['id', attribute(element, 'id')],
    ...(attributes.length === 0 ? [] : [['attributes', attributes] as const]),
    ...(children.length === 0 ? [] : [['children', children] as const]),
  ]);
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.find((candidate) => candidate.name === name)?.value ?? '';
}
