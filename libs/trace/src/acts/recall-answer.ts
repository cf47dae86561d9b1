import { failure, fromHex, success, type Failure, type RecordReader, type Result } from '#codec';
import type { EntryAction, EntryId, ExecutionContext } from '#ledger';
import type { FieldReader } from '../field-reader.js';
import { RECALL_LIFE_CYCLE, type RecallAct, type RecallState } from '../recalls/life-cycle.js';
import { RECALL, RECALL_ACKNOWLEDGEMENT, recallAcknowledgementId, type Recall } from '../records/recall.js';
import { WorkingItems } from '../records/working-items.js';
import { makeAction } from './author.js';
import { ITEMS_PER_ACT_MAX, readDecimal, readUomField } from './content-fields.js';

export const RECALL_ACKNOWLEDGE = 'recall.acknowledge';
export const RECALL_CLOSE = 'recall.close';

/** What became of an affected thing at the acknowledging organisation. */
export const RECALL_OUTCOMES = ['found', 'held', 'returned', 'destroyed', 'sold'] as const;
export type RecallOutcome = (typeof RECALL_OUTCOMES)[number];

/** What an organisation says about one item or lot: decimal texts of quantities. */
export type RecallQuantity = Readonly<Partial<Record<RecallOutcome, string>>> & {
  /** Canonical key: a target of the recall, or something that was made of one. */
  readonly item: string;
  /** undefined = pieces */
  readonly uom: string | undefined;
};

export interface RecallAcknowledge extends EntryAction {
  readonly kind: typeof RECALL_ACKNOWLEDGE;
  /** Entry id of the opening. */
  readonly recall: EntryId;
  readonly quantities: readonly RecallQuantity[];
  readonly note: string | undefined;
}

export interface RecallClose extends EntryAction {
  readonly kind: typeof RECALL_CLOSE;
  readonly recall: EntryId;
  readonly note: string | undefined;
}

const ACKNOWLEDGE_FIELDS: ReadonlySet<string> = new Set(['recall', 'quantities', 'note']);
const CLOSE_FIELDS: ReadonlySet<string> = new Set(['recall', 'note']);
const QUANTITY_FIELDS: ReadonlySet<string> = new Set(['item', 'uom', ...RECALL_OUTCOMES]);
const NOTE_BOUNDS = { lengthMax: 2000 };

/** An organisation has read the recall, and says what it found. It may do so again as it goes on; the latest counts. */
export function readRecallAcknowledge(content: FieldReader): Result<RecallAcknowledge> {
  content.onlyFields(ACKNOWLEDGE_FIELDS, 'no-extensions');
  const answer = {
    kind: RECALL_ACKNOWLEDGE,
    recall: readRecallId(content),
    quantities: readQuantities(content),
    note: content.optionalText('note', NOTE_BOUNDS),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(
    makeAction(answer, (state, { author, entryId, height }) => {
      const found = findOpen(state, answer.recall, 'acknowledge');
      if (!found.ok) return found;
      const id = recallAcknowledgementId(answer.recall, author);
      const count = (state.get(RECALL_ACKNOWLEDGEMENT, id)?.count ?? 0) + 1;
      state.put(RECALL_ACKNOWLEDGEMENT, id, { entryId, height, count });
      return success([]);
    }),
  );
}

/** The opener ends its recall. */
export function readRecallClose(content: FieldReader): Result<RecallClose> {
  content.onlyFields(CLOSE_FIELDS, 'no-extensions');
  const answer = {
    kind: RECALL_CLOSE,
    recall: readRecallId(content),
    note: content.optionalText('note', NOTE_BOUNDS),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;
  return success(
    makeAction(answer, (state, context) => {
      const found = findOpen(state, answer.recall, 'close', context);
      if (!found.ok) return found;
      const items = new WorkingItems(state, context);
      for (const key of found.value.items) items.concern(key);
      items.save();
      const next = RECALL_LIFE_CYCLE[found.value.state].close as RecallState;
      state.put(RECALL, answer.recall, { ...found.value, state: next, closedBy: context.entryId });
      return success([]);
    }),
  );
}

function readRecallId(content: FieldReader): EntryId {
  return content.matching(
    'recall',
    (id) => fromHex(id, 32) !== undefined,
    'the entry id of the recall, 64 hexadecimal characters',
  ) as EntryId;
}

function readQuantities(content: FieldReader): readonly RecallQuantity[] {
  if (content.optionalList('quantities').length > ITEMS_PER_ACT_MAX) {
    content.problems.add('BAD_VALUE', `at most ${ITEMS_PER_ACT_MAX} quantities`, content.at('quantities'));
    return [];
  }
  return content.children('quantities').map((line) => {
    line.onlyFields(QUANTITY_FIELDS, 'no-extensions');
    const { key } = line.checkId(line.value('item') ?? '', 'item');
    const uom = line.has('uom') ? readUomField(line) : undefined;
    const told = RECALL_OUTCOMES.filter((outcome) => line.has(outcome));
    if (told.length === 0)
      line.problems.add('MISSING_FIELD', `one of ${RECALL_OUTCOMES.join(', ')} is required`, line.pointer);
    const quantities = Object.fromEntries(told.map((outcome) => [outcome, readDecimal(line, outcome)]));
    return { item: key, uom, ...quantities };
  });
}

/** The recall, when this act may be done to it now: it exists, it is the author's to close, it is open. */
function findOpen(
  state: RecordReader,
  id: EntryId,
  act: RecallAct,
  closing?: Pick<ExecutionContext, 'author'>,
): Result<Recall> {
  const recall = state.get(RECALL, id);
  if (recall === undefined) return failure('TRACE_UNKNOWN_RECALL', `there is no recall ${id}`, '/recall');
  if (closing !== undefined && closing.author !== recall.openedBy) return notOpener(recall);
  if (RECALL_LIFE_CYCLE[recall.state][act] === undefined)
    return failure('TRACE_RECALL_NOT_OPEN', `the recall is ${recall.state}`, '/recall');
  return success(recall);
}

function notOpener({ openedBy }: Recall): Failure {
  return failure('TRACE_NOT_RECALL_OPENER', `only ${openedBy} can close its recall`, '/recall');
}
