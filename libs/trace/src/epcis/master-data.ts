import { JsonNumber, JsonObject, writeJson, type JsonValue } from '#codec';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import { canonicalId } from '../identifiers/canonical-id.js';
import { declaredNamespaces, expandName, type ExpandedName } from '../query/field-name.js';

/** What an organisation says about a place, a class of goods, or any other thing that fields of events name (EPCIS 2.0 section 6.5). */
export interface VocabularyElement {
  /** `ReadPoint`, `BusinessLocation`, `EPCClass` …; of a vocabulary that is not the standard's its URI. */
  readonly vocabulary: string;
  /** As the index has it where events name the element: a canonical key, or the bare word of a CBV term. */
  readonly key: string;
  /** As the author spelled it. */
  readonly text: string;
  readonly attributes: readonly VocabularyAttribute[];
  /** Canonical keys of what is directly below this element. */
  readonly children: readonly string[];
}

export interface VocabularyAttribute extends ExpandedName {
  /** Text as written; JSON text of numbers and objects. */
  readonly value: string;
}

/** Takes what is not as the JSON schema has it. Codes are those of the entry rules. */
export type NoteProblem = (code: string, detail: string, pointer: string) => void;

/** Elements, attributes and children of one entry together; what is beyond is recorded, but not found by queries. */
const PARTS_MAX = 20_000;
const LIST = '/epcisHeader/epcisMasterData/vocabularyList';
const STANDARD_VOCABULARIES: ReadonlySet<string> = new Set([
  'urn:epcglobal:epcis:vtype:',
  'https://ref.gs1.org/epcis/',
]);
/** `urn:epcglobal:cbv:bizstep:shipping`, `https://ref.gs1.org/cbv/BizStep-shipping`: events hold the bare word. */
const CBV_TERM =
  /^(?:urn:epcglobal:cbv:(?:bizstep|disp):|https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\/(?:BizStep|Disp)-)([A-Za-z_]+)$/;

/**
 * The master data in the header of an EPCISDocument, in document order. The ledger's rules do not judge it: what is not well-formed is
 * left out here, and told to `note`, so that a node can refuse it before it signs.
 */
export function readMasterData(
  document: JsonObject,
  note: NoteProblem = () => undefined,
): readonly VocabularyElement[] {
  const masterData = masterDataIn(document);
  if (masterData === undefined) return [];
  if (!(masterData instanceof JsonObject)) {
    note('EPCIS_BAD_TYPE', 'an object is expected here', '/epcisHeader/epcisMasterData');
    return [];
  }
  return new MasterDataReader(document, note).vocabularies(masterData);
}

/** Whether a document says something although it has no events. Part of the entry rules: the reading above may learn, this must not change. */
export function holdsMasterData(document: JsonObject): boolean {
  const masterData = masterDataIn(document);
  const list = masterData instanceof JsonObject ? masterData.get('vocabularyList') : undefined;
  return Array.isArray(list) && list.length > 0;
}

function masterDataIn(document: JsonObject): JsonValue | undefined {
  const header = document.get('epcisHeader');
  return header instanceof JsonObject ? header.get('epcisMasterData') : undefined;
}

class MasterDataReader {
  private readonly namespaces;
  private partsLeft = PARTS_MAX;

  constructor(
    document: JsonObject,
    private readonly note: NoteProblem,
  ) {
    this.namespaces = declaredNamespaces(document.get('@context'));
  }

  vocabularies(masterData: JsonObject): readonly VocabularyElement[] {
    const found: VocabularyElement[] = [];
    for (const [i, vocabulary] of this.objects(masterData, 'vocabularyList', LIST)) {
      const at = `${LIST}/${i}`;
      const type = this.uri(vocabulary.get('type'), `${at}/type`);
      for (const [k, element] of this.objects(vocabulary, 'vocabularyElementList', `${at}/vocabularyElementList`)) {
        const read = this.element(element, type ?? '', `${at}/vocabularyElementList/${k}`);
        if (read !== undefined && type !== undefined && this.partsLeft >= 0) found.push(read);
      }
    }
    return found;
  }

  private element(element: JsonObject, type: string, at: string): VocabularyElement | undefined {
    const text = this.uri(element.get('id'), `${at}/id`);
    const attributes: VocabularyAttribute[] = [];
    for (const [i, attribute] of this.objects(element, 'attributes', `${at}/attributes`)) {
      const name = this.uri(attribute.get('id'), `${at}/attributes/${i}/id`);
      if (name === undefined) continue;
      const expanded = expandName(attributeUri(name), this.namespaces);
      for (const value of listOf(attribute.get('attribute'))) attributes.push({ ...expanded, value: textOf(value) });
    }
    const children: string[] = [];
    const list = element.get('children');
    if (list !== undefined && !Array.isArray(list))
      this.note('EPCIS_BAD_TYPE', 'children must be a list', `${at}/children`);
    for (const [i, child] of (Array.isArray(list) ? (list as readonly JsonValue[]) : []).entries()) {
      const id = this.uri(child, `${at}/children/${i}`);
      if (id !== undefined) children.push(keyOf(id));
    }
    this.partsLeft -= 1 + attributes.length + children.length;
    return text === undefined
      ? undefined
      : { vocabulary: this.vocabulary(type), key: keyOf(text), text, attributes, children };
  }

  private vocabulary(type: string): string {
    const { namespace, local } = expandName(type, this.namespaces);
    return STANDARD_VOCABULARIES.has(namespace) ? local : namespace === '' ? type : namespace + local;
  }

  /** The elements of a list of objects with their places; a list that is absent is empty. */
  private objects(owner: JsonObject, name: string, at: string): readonly (readonly [number, JsonObject])[] {
    const list = owner.get(name);
    if (list === undefined) return [];
    if (!Array.isArray(list)) {
      this.note('EPCIS_BAD_TYPE', `${name} must be a list`, at);
      return [];
    }
    return (list as readonly JsonValue[]).flatMap((value, i) => {
      if (value instanceof JsonObject) return [[i, value] as const];
      this.note('EPCIS_BAD_TYPE', 'an object is expected here', `${at}/${i}`);
      return [];
    });
  }

  private uri(value: JsonValue | undefined, at: string): string | undefined {
    if (typeof value === 'string' && isAbsoluteUri(value)) return value;
    if (value === undefined) this.note('EPCIS_MISSING_FIELD', 'a URI is required here', at);
    else this.note('EPCIS_BAD_URI', 'an absolute URI of at most 512 visible ASCII characters is expected here', at);
    return undefined;
  }
}

/** EPCIS 1.x spells the CBV's own attributes both ways. */
export function attributeUri(name: string): string {
  return name.replace(/^urn:epcglobal:cbv:mda#/, 'urn:epcglobal:cbv:mda:');
}

function keyOf(id: string): string {
  const word = CBV_TERM.exec(id)?.[1];
  if (word !== undefined) return word;
  const canonical = canonicalId(id);
  return canonical.ok ? canonical.value.key : id;
}

/** An attribute without a value is none (the standard asks for non-null ones). */
function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return value instanceof JsonNumber ? value.text : writeJson(value);
}
