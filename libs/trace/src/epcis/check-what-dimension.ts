import type { FieldReader } from '../field-reader.js';
import type { EpcisEvent, StandardEventType } from './epcis-event.types.js';

/**
 * What an event of each type must be about at least (JSON Schema 2.0.1, the `anyOf` of each type), and where ILMD may stand.
 * An extension's event is not judged: its own schema says what it is about.
 */
export function checkWhatDimension(event: FieldReader, read: EpcisEvent, type: StandardEventType | undefined): void {
  const problems = event.problems;
  switch (type) {
    case 'ObjectEvent':
      if (
        !event.has('epcList') &&
        !hasElements(event, 'quantityList') &&
        !(hasElements(event, 'sensorElementList') && event.has('readPoint'))
      ) {
        problems.add(
          'NO_ITEMS',
          'an ObjectEvent has an epcList, a quantityList, or sensor elements and a readPoint',
          event.pointer,
        );
      }
      if (event.has('ilmd') && read.action !== 'ADD') {
        problems.add('MISPLACED_FIELD', 'ilmd is allowed only with action ADD', event.at('ilmd'));
      }
      return;
    case 'AssociationEvent':
      event.value('parentID');
      checkChildren(event, read, 'childEPCs', 'childQuantityList');
      return;
    case 'AggregationEvent':
      checkChildren(event, read, 'childEPCs', 'childQuantityList');
      return;
    case 'TransactionEvent':
      if (!hasElements(event, 'bizTransactionList')) {
        problems.add('MISSING_FIELD', 'a TransactionEvent has at least one business transaction', event.pointer);
      }
      if (read.action !== 'DELETE' && !event.has('epcList') && !hasElements(event, 'quantityList')) {
        problems.add('NO_ITEMS', 'a TransactionEvent has an epcList or a quantityList', event.pointer);
      }
      return;
    case 'TransformationEvent': {
      const hasInputs = hasElements(event, 'inputEPCList') || hasElements(event, 'inputQuantityList');
      const hasOutputs = hasElements(event, 'outputEPCList') || hasElements(event, 'outputQuantityList');
      const isComplete = event.has('transformationID') ? hasInputs || hasOutputs : hasInputs && hasOutputs;
      if (!isComplete) {
        problems.add(
          'NO_ITEMS',
          'a TransformationEvent has inputs and outputs, or a transformationID and one of them',
          event.pointer,
        );
      }
      return;
    }
    case undefined:
      return;
  }
}

function checkChildren(event: FieldReader, read: EpcisEvent, ...lists: readonly string[]): void {
  if (read.action === 'DELETE' || lists.some((list) => hasElements(event, list))) return;
  event.problems.add('NO_ITEMS', `an ${read.type} names children, unless its action is DELETE`, event.pointer);
}

function hasElements(event: FieldReader, list: string): boolean {
  return event.has(list) && event.list(list).length > 0;
}
