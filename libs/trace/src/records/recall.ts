import { encodeCbor, type RecordType } from '#codec';
import type { Did, Height } from '#identity';
import type { EntryId } from '#ledger';
import { RECALL_STATES, type RecallState } from '../recalls/life-cycle.js';
import { entryIdPlace, Places } from './places.js';

/** State record `recall/<entry id of its opening>`. What it says to people stands in that entry. */
export interface Recall {
  readonly state: RecallState;
  readonly openedBy: Did;
  readonly openedHeight: Height;
  /** Canonical keys of the items and lots that are called back, in the order of the entry. */
  readonly items: readonly string[];
  /** Entry that closed it. */
  readonly closedBy: EntryId | undefined;
}

export const RECALL: RecordType<Recall> = {
  prefix: 'recall',
  encode: (recall) =>
    encodeCbor([
      RECALL_STATES.indexOf(recall.state),
      recall.openedBy,
      recall.openedHeight,
      recall.items,
      entryIdPlace(recall.closedBy),
    ]),
  decode(bytes) {
    const places = new Places('recall', bytes, 5);
    return {
      state: places.oneOf(RECALL_STATES),
      openedBy: places.text() as Did,
      openedHeight: places.count(),
      items: places.texts(),
      closedBy: places.optionalEntryId(),
    };
  },
};

/** State record `recall-ack/<entry id of the recall>/<DID>`: the latest acknowledgement of an organisation. */
export interface RecallAcknowledgement {
  readonly entryId: EntryId;
  readonly height: Height;
  /** Acknowledgements of this organisation so far. */
  readonly count: number;
}

export const RECALL_ACKNOWLEDGEMENT: RecordType<RecallAcknowledgement> = {
  prefix: 'recall-ack',
  encode: ({ entryId, height, count }) => encodeCbor([entryIdPlace(entryId), height, count]),
  decode(bytes) {
    const places = new Places('recall-ack', bytes, 3);
    return { entryId: places.entryId(), height: places.count(), count: places.count() };
  },
};

export function recallAcknowledgementId(recall: EntryId, organization: Did): string {
  return `${recall}/${organization}`;
}
