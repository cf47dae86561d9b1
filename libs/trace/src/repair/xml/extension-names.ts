import { jsonObject } from '../object-editor.js';
import type { JsonValue } from '#codec';
import type { RepairLog } from '../repair-log.js';
import type { XmlAttribute, XmlElement } from './read-xml.js';

/** Prefixes that the standard's context defines; a document must not give them another meaning. */
const OF_THE_STANDARD: ReadonlyMap<string, string> = new Map([
  ['urn:epcglobal:cbv:mda', 'cbvmda'],
  ['urn:epcglobal:cbv:mda:', 'cbvmda'],
]);
const TAKEN = new Set([
  'cbvmda',
  'cbv',
  'epcis',
  'gs1',
  'xsd',
  'rdf',
  'rdfs',
  'owl',
  'dcterms',
  'urn',
  'http',
  'https',
  '',
]);
const RDF_VALUE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#value';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

/** Namespaces of extensions in one document. */
const NAMESPACES_MAX = 256;

/** Gives each XML namespace of extensions one prefix in `@context`, the document's own where that is free. */
export class ExtensionNames {
  private readonly prefixes = new Map<string, string>();
  private readonly taken = new Set(TAKEN);

  constructor(private readonly log: RepairLog) {}

  /** The name of an extension field; without a namespace the local name, which is then repaired like any unknown field. */
  nameOf({ namespace, prefix, name }: XmlElement | XmlAttribute): string {
    if (namespace === '') return name;
    return `${OF_THE_STANDARD.get(namespace) ?? this.prefixFor(namespace, prefix)}:${name}`;
  }

  /** The prefixes as elements of `@context`. */
  get context(): readonly JsonValue[] {
    return [...this.prefixes].map(([namespace, prefix]) => jsonObject([[prefix, namespace]]));
  }

  private prefixFor(namespace: string, wish: string): string {
    const present = this.prefixes.get(namespace);
    if (present !== undefined) return present;
    if (this.prefixes.size >= NAMESPACES_MAX) {
      const detail = `the extensions of a document have at most ${NAMESPACES_MAX} namespaces`;
      this.log.refuse('EPCIS_XML_TOO_LARGE', detail, '');
      return wish;
    }
    const stem = /^[A-Za-z][A-Za-z0-9]*$/.test(wish) ? wish : 'ext';
    let prefix = stem;
    for (let i = 1; this.taken.has(prefix); i++) prefix = `${stem}${i}`;
    this.taken.add(prefix);
    this.prefixes.set(namespace, prefix);
    return prefix;
  }

  /**
   * The value of an extension element: its text, or an object of its children and attributes, repeated ones as a list. Types that XML
   * Schema gives (`xsi:type`) are left to the reader: the text stays as it is.
   */
  valueOf(element: XmlElement): JsonValue {
    const attributes = element.attributes.filter(({ namespace }) => namespace !== SCHEMA_INSTANCE);
    if (element.children.length === 0 && attributes.length === 0) return element.text;
    const members = new Map<string, JsonValue>();
    for (const attribute of attributes) {
      // An attribute without prefix belongs to its element, and so takes that one's namespace.
      const { namespace, prefix } = attribute.namespace === '' ? element : attribute;
      members.set(this.nameOf({ ...attribute, namespace, prefix }), attribute.value);
    }
    this.addFields(members, element.children);
    if (element.text !== '') members.set(RDF_VALUE, element.text);
    return jsonObject(members);
  }

  /** Adds extension elements to the members of an object. */
  addFields(members: Map<string, JsonValue>, elements: readonly XmlElement[]): void {
    for (const element of elements) addField(members, this.nameOf(element), this.valueOf(element));
  }
}

/** A field that comes again becomes a list. The lists among the members are all of this translation's making. */
function addField(members: Map<string, JsonValue>, name: string, value: JsonValue): void {
  const present = members.get(name);
  if (present === undefined) members.set(name, value);
  else if (Array.isArray(present)) (present as JsonValue[]).push(value);
  else members.set(name, [present, value]);
}
