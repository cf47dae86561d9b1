import { idPattern } from '../identifiers/id-pattern.js';
import type { ItemRole } from '../epcis/epcis-event.types.js';
import type { IdMatch, ItemPredicate, NumberTest, QuantityPredicate } from './event-query.types.js';
import { readMeasure } from './measure-tests.js';
import type { Parameter } from './parameter.js';

/** Which lists of an event each `MATCH_` parameter looks at. */
export const MATCH_PARAMETERS: ReadonlyMap<
  string,
  { readonly roles: readonly ItemRole[]; readonly byQuantity: boolean }
> = new Map([
  ['MATCH_epc', { roles: ['epc', 'child'], byQuantity: false }],
  ['MATCH_parentID', { roles: ['parent'], byQuantity: false }],
  ['MATCH_inputEPC', { roles: ['input'], byQuantity: false }],
  ['MATCH_outputEPC', { roles: ['output'], byQuantity: false }],
  ['MATCH_anyEPC', { roles: ['epc', 'parent', 'child', 'input', 'output'], byQuantity: false }],
  ['MATCH_epcClass', { roles: ['epc', 'child'], byQuantity: true }],
  ['MATCH_inputEPCClass', { roles: ['input'], byQuantity: true }],
  ['MATCH_outputEPCClass', { roles: ['output'], byQuantity: true }],
  ['MATCH_anyEPCClass', { roles: ['epc', 'child', 'input', 'output'], byQuantity: true }],
]);

/** `(EQ|GT|GE|LT|LE)_quantity[_<UOM>]` */
export const QUANTITY_PARAMETER = /^(EQ|GT|GE|LT|LE)_quantity(?:_([A-Z0-9]{2,4}))?$/;

export function readMatch(parameter: Parameter): ItemPredicate | undefined {
  const lists = MATCH_PARAMETERS.get(parameter.name);
  return lists && { kind: 'item', ...lists, match: readIdMatch(parameter, lists.byQuantity) };
}

/** An EPC pattern matches the EPCs that it stands for; in lists of classes it stands for the class itself. */
function readIdMatch(parameter: Parameter, ofClasses: boolean): IdMatch {
  const keys: string[] = [];
  const like: string[] = [];
  for (const text of parameter.texts()) {
    const pattern = idPattern(text);
    if (!pattern.ok) {
      parameter.refuse(pattern.detail);
    } else if (pattern.value.kind === 'exact') {
      keys.push(pattern.value.key);
    } else if (ofClasses) {
      // A pattern over several classes names none of them; as an epcClass it is its own key.
      keys.push(pattern.value.kind === 'class' ? pattern.value.key : text);
    } else {
      like.push(...pattern.value.like);
    }
  }
  return { keys, like };
}

export function readQuantity(parameter: Parameter): QuantityPredicate | undefined {
  const match = QUANTITY_PARAMETER.exec(parameter.name);
  if (match === null) return undefined;
  const [, op = '', uom] = match;
  return { kind: 'quantity', measure: readMeasure(parameter, op as NumberTest['op'], uom) };
}
