import { failure, success, utf8Decode, type Result } from '#codec';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Reading XML takes the node up to a second per MiB, in one go. */
export const XML_BYTES_MAX = 2 * 1024 * 1024;
const DEPTH_MAX = 64;
/** Names the root element, declares nothing. */
const PLAIN_DOCTYPE = /^<!DOCTYPE\s+[\w:.-]+\s*>/;

/** An element with its name and those of its attributes resolved (Namespaces in XML 1.0). */
export interface XmlElement {
  /** '' for none */
  readonly namespace: string;
  readonly prefix: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text of the element itself, references resolved, white space around it cut off. */
  readonly text: string;
}

export interface XmlAttribute {
  readonly namespace: string;
  readonly prefix: string;
  readonly name: string;
  readonly value: string;
}

/** What the parser gives with `preserveOrder`: one member is the tag name, `:@` holds the attributes. */
type ParsedNode = Readonly<Record<string, unknown>>;

const CDATA = '#cdata';
const TEXT = '#text';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false, // only references to characters are resolved, below: entities can be made to grow without end
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEPTH_MAX,
});

/**
 * Reads an XML document: UTF-8, bounded size and depth. A document type declaration may name a root element but declare nothing:
 * entities are never expanded, nothing is ever fetched.
 * @returns failure EPCIS_XML_TOO_LARGE, EPCIS_XML_NOT_UTF8, EPCIS_XML_DOCTYPE, EPCIS_XML_SYNTAX
 */
export function readXml(bytes: Uint8Array): Result<XmlElement> {
  if (bytes.length > XML_BYTES_MAX)
    return failure('EPCIS_XML_TOO_LARGE', `an XML document has at most ${XML_BYTES_MAX} bytes`);
  const decoded = utf8Decode(bytes);
  if (decoded === undefined) return failure('EPCIS_XML_NOT_UTF8', 'the text is not well-formed UTF-8');
  const text = decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  const doctype = text.indexOf('<!DOCTYPE');
  if (
    doctype >= 0 &&
    (doctype !== text.lastIndexOf('<!DOCTYPE') || !PLAIN_DOCTYPE.test(text.slice(doctype, doctype + 200)))
  ) {
    return failure('EPCIS_XML_DOCTYPE', 'the document declares entities or an external type, which are not read');
  }
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    return failure('EPCIS_XML_SYNTAX', `${valid.err.msg} At line ${valid.err.line}, column ${valid.err.col}.`);
  }
  try {
    const roots = (parser.parse(text) as readonly ParsedNode[]).filter((node) => !(TEXT in node));
    const [root] = roots;
    if (root === undefined || roots.length !== 1)
      return failure('EPCIS_XML_SYNTAX', 'the document has not one root element');
    return success(elementOf(root, XML_SCOPE));
  } catch (error) {
    return failure('EPCIS_XML_SYNTAX', error instanceof Error ? error.message : 'the document cannot be read');
  }
}

/** The namespaces that an element declares, in front of those around it; at most `DEPTH_MAX` of them in a row. */
interface Scope {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly outer: Scope | undefined;
}

const XML_SCOPE: Scope = {
  namespaces: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]),
  outer: undefined,
};

function namespaceIn(scope: Scope, prefix: string): string | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const namespace = at.namespaces.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

function elementOf(node: ParsedNode, outer: Scope): XmlElement {
  const tag = Object.keys(node).find((key) => key !== ATTRIBUTES) as string;
  const raw = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>);
  const declared = raw.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const scope: Scope =
    declared.length === 0
      ? outer
      : { outer, namespaces: new Map(declared.map(([name, uri]) => [name.slice(6), resolve(uri)])) };

  const children: XmlElement[] = [];
  let text = '';
  for (const child of node[tag] as readonly ParsedNode[]) {
    if (TEXT in child) text += resolve(child[TEXT] as string);
    else if (CDATA in child)
      text += (child[CDATA] as readonly ParsedNode[]).map((part) => part[TEXT] as string).join('');
    else children.push(elementOf(child, scope));
  }
  return {
    ...qualified(tag, scope, namespaceIn(scope, '') ?? ''),
    attributes: raw
      .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
      .map(([name, value]) => ({ ...qualified(name, scope, ''), value: resolve(value).trim() })),
    children,
    text: text.trim(),
  };
}

function qualified(tag: string, scope: Scope, unprefixed: string): { namespace: string; prefix: string; name: string } {
  const colon = tag.indexOf(':');
  if (colon < 0) return { namespace: unprefixed, prefix: '', name: tag };
  const prefix = tag.slice(0, colon);
  const namespace = namespaceIn(scope, prefix);
  if (namespace === undefined) throw new Error(`The prefix ${prefix} of ${tag} is not declared.`);
  return { namespace, prefix, name: tag.slice(colon + 1) };
}

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Resolves references to characters and to the five entities that XML itself declares. */
function resolve(raw: string): string {
  return raw.replace(
    /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([^;&\s]{1,64}));|&/g,
    (reference, decimal, hexadecimal, name) => {
      const known = PREDEFINED.get(name as string);
      if (known !== undefined) return known;
      const code =
        decimal !== undefined ? Number(decimal) : Number.parseInt((hexadecimal as string | undefined) ?? '', 16);
      if (!isCharacter(code)) throw new Error(`${reference} is no character that XML has.`);
      return String.fromCodePoint(code);
    },
  );
}

/** XML 1.0, production Char. */
function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
