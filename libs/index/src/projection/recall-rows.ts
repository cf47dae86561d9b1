import type { QueryRunner } from 'typeorm';
import type { DecodedEntry } from '#ledger';
import { asTraceAction, RECALL_OUTCOMES, type RecallOpen, type RecallQuantity } from '#trace';
import type { RecallQuantityDto } from '../queries.types.js';
import { RecallAcknowledgementRow } from '../rows/recall-acknowledgement.row.js';
import { RecallItemRow } from '../rows/recall-item.row.js';
import { RecallRow } from '../rows/recall.row.js';
import { eventPosition } from './event-position.js';
import { storable } from './storable.js';
import { writeRows } from './write-rows.js';

/** What the recalls of a run of blocks add to the index. */
export class RecallBatch {
  readonly #opened: RecallRow[] = [];
  readonly #items: RecallItemRow[] = [];
  readonly #acknowledged: RecallAcknowledgementRow[] = [];
  readonly #closed: { readonly recall: string; readonly closedBy: string; readonly note: string | null }[] = [];

  add({ action, statement }: DecodedEntry, logIndex: number): void {
    const position = eventPosition(logIndex, 0);
    const { entryId, issuer } = statement;
    const act = asTraceAction(action);
    if (act.kind === 'recall.open') {
      this.#opened.push(recallRow(act, { id: entryId, position, openedBy: issuer }));
      for (const [ordinal, itemKey] of act.items.entries()) this.#items.push({ itemKey, recall: entryId, ordinal });
    } else if (act.kind === 'recall.acknowledge') {
      const { recall, note = null, quantities } = act;
      this.#acknowledged.push({ recall, position, author: issuer, entryId, note, quantities: quantities.map(quantityDto) });
    } else if (act.kind === 'recall.close') {
      this.#closed.push({ recall: act.recall, closedBy: entryId, note: act.note ?? null });
    }
  }

  async write(runner: QueryRunner): Promise<void> {
    await writeRows(runner, RecallRow, this.#opened);
    await writeRows(runner, RecallItemRow, this.#items);
    await writeRows(runner, RecallAcknowledgementRow, this.#acknowledged);
    if (this.#closed.length === 0) return;
    await runner.query(
      `UPDATE recall SET closed_by = closed.by, closing_note = closed.note
       FROM unnest($1::text[], $2::text[], $3::text[]) AS closed (id, by, note) WHERE recall.id = closed.id`,
      [
        this.#closed.map(({ recall }) => recall),
        this.#closed.map(({ closedBy }) => closedBy),
        this.#closed.map(({ note }) => (note === null ? null : storable(note))),
      ],
    );
  }
}

function recallRow(act: RecallOpen, place: Pick<RecallRow, 'id' | 'position' | 'openedBy'>): RecallRow {
  return {
    ...place,
    title: act.title,
    reason: act.reason,
    class: act.class ?? null,
    windowFrom: act.window?.from ?? null,
    windowTo: act.window?.to ?? null,
    instructions: act.instructions ?? null,
    itemCount: act.items.length,
    closedBy: null,
    closingNote: null,
  };
}

function quantityDto({ item, uom, ...told }: RecallQuantity): RecallQuantityDto {
  const outcomes = Object.fromEntries(RECALL_OUTCOMES.map((outcome) => [outcome, told[outcome] ?? null]));
  return { item, uom: uom ?? null, ...(outcomes as Pick<RecallQuantityDto, (typeof RECALL_OUTCOMES)[number]>) };
}
