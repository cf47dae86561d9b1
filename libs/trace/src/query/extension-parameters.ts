import { attributeUri } from '../epcis/master-data.js';
import { isAbsoluteUri } from '../identifiers/absolute-uri.js';
import type {
  Comparison,
  FieldName,
  FieldPredicate,
  FieldScope,
  FieldTest,
  MasterDataField,
  MasterDataPredicate,
} from './event-query.types.js';
import { fieldName } from './field-name.js';
import type { Parameter } from './parameter.js';

/** The part of an event that stands in a parameter's name, and the tests that the standard has for it. */
const PLACES: ReadonlyMap<string, { readonly scope: FieldScope; readonly tests: ReadonlySet<string> }> = new Map(
  (
    [
      ['', 'event', 'EQ GT GE LT LE EXISTS'],
      ['ILMD_', 'ilmd', 'EQ GT GE LT LE EXISTS'],
      ['ERROR_DECLARATION_', 'errorDeclaration', 'EQ GT GE LT LE EXISTS'],
      ['SENSORELEMENT_', 'sensorElement', 'EQ GT GE LT LE EXISTS'],
      ['SENSORMETADATA_', 'sensorMetadata', 'EQ GT GE LT LE EXISTS'],
      ['SENSORREPORT_', 'sensorReport', 'EQ GT GE LT LE EXISTS'],
      ['readPoint_', 'readPoint', 'EQ'],
      ['bizLocation_', 'bizLocation', 'EQ'],
    ] as const
  ).map(([name, scope, tests]) => [name, { scope, tests: new Set(tests.split(' ')) }]),
);

const EXTENSION_PARAMETER =
  /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?((?:ILMD|ERROR_DECLARATION|SENSORELEMENT|SENSORMETADATA|SENSORREPORT|readPoint|bizLocation)_)?(.+)$/;

/** `(EQ|GT|GE|LT|LE|EXISTS)_[INNER_][ILMD_|…]<ns:field>` */
export function readExtension(parameter: Parameter): FieldPredicate | 'nothing' | undefined {
  const match = EXTENSION_PARAMETER.exec(parameter.name);
  if (match === null) return undefined;
  const [, op = '', inner, place = '', name = ''] = match;
  const { scope, tests } = PLACES.get(place) as { scope: FieldScope; tests: ReadonlySet<string> };
  if (!tests.has(op) || !isAbsoluteUri(name)) return undefined;
  if (op === 'EXISTS' && !parameter.flag()) return 'nothing';
  return {
    kind: 'field',
    scopes: [scope],
    inner: inner !== undefined,
    name: fieldName(name, parameter.namespaces),
    test: readTest(parameter, op as FieldTest['op']),
  };
}

function readTest(parameter: Parameter, op: FieldTest['op']): FieldTest {
  if (op === 'EXISTS') return { op };
  if (op === 'EQ') return { op, values: parameter.values() };
  return { op: op satisfies Comparison, value: parameter.orderedValue() };
}

/** Fields of the standard whose values can have master data. */
const VOCABULARY_FIELDS = 'bizLocation|readPoint|bizTransaction|source|destination|epcClass|bizStep|disposition';
const IS_VOCABULARY_FIELD = new RegExp(`^(?:${VOCABULARY_FIELDS})$`);
const HAS_ATTRIBUTE = new RegExp(`^HASATTR_(${VOCABULARY_FIELDS}|[A-Za-z][A-Za-z0-9]*:.+)$`);
// EPCIS 1.x wrote EQATTR.
const ATTRIBUTE_EQUALS = new RegExp(`^EQ_?ATTR_(${VOCABULARY_FIELDS}|[A-Za-z][A-Za-z0-9]*:.+|[A-Za-z0-9]+)_(.+)$`);
/** Where the CBV's own attributes live. The standard's schema has no colon in `EQ_ATTR_` names, so a bare word is one of these. */
const CBV_ATTRIBUTES = 'urn:epcglobal:cbv:mda:';

/** `HASATTR_<field>`, `EQ_ATTR_<field>_<attribute>` */
export function readAttribute(parameter: Parameter): MasterDataPredicate | undefined {
  const has = HAS_ATTRIBUTE.exec(parameter.name);
  if (has !== null) {
    const attributes = parameter.texts().map((name) => attributeName(name, parameter));
    return { kind: 'masterData', field: vocabularyField(has[1] as string, parameter), attributes, values: undefined };
  }
  const equals = ATTRIBUTE_EQUALS.exec(parameter.name);
  if (equals === null) return undefined;
  const [, field = '', attribute = ''] = equals;
  return {
    kind: 'masterData',
    field: vocabularyField(field, parameter),
    attributes: [attributeName(attribute, parameter)],
    values: parameter.texts(),
  };
}

function vocabularyField(name: string, { namespaces }: Parameter): MasterDataPredicate['field'] {
  return IS_VOCABULARY_FIELD.test(name) ? (name as MasterDataField) : fieldName(name, namespaces);
}

function attributeName(name: string, { namespaces }: Parameter): FieldName {
  return name.includes(':') ? fieldName(attributeUri(name), namespaces) : { namespace: CBV_ATTRIBUTES, local: name };
}
