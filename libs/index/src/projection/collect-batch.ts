import { toHex } from '#codec';
import type { DecodedEntry, EntryId } from '#ledger';
import type { CommittedBlock } from '#node';
import { RECALL, TRANSFER, type Recall, type Transfer } from '#trace';
import { GovernanceBatch } from '../governance/governance-batch.js';
import type { BlockRow } from '../rows/block.row.js';
import type { EntryRow } from '../rows/entry.row.js';
import type { EventFieldRow } from '../rows/event-field.row.js';
import type { EventItemRow } from '../rows/event-item.row.js';
import type { EventRow } from '../rows/event.row.js';
import type { FindingRow } from '../rows/finding.row.js';
import type { LineageRow } from '../rows/lineage.row.js';
import { eventPosition } from './event-position.js';
import { eventRows } from './event-rows.js';
import { lineageRows } from './lineage-rows.js';
import { RecallBatch } from './recall-rows.js';
import { VocabularyBatch } from './vocabulary-rows.js';

/** What a run of consecutive blocks adds to the index, as rows. */
export interface Batch {
  readonly blocks: BlockRow[];
  readonly entries: EntryRow[];
  readonly events: EventRow[];
  readonly eventItems: EventItemRow[];
  readonly eventFields: EventFieldRow[];
  readonly lineage: LineageRow[];
  readonly findings: FindingRow[];
  readonly recalls: RecallBatch;
  readonly governance: GovernanceBatch;
  readonly vocabularies: VocabularyBatch;
  /** State records that changed, by key, as the last block left them; null = removed. */
  readonly changes: Map<string, Uint8Array | null>;
  /** Product registrations by entry id. */
  readonly registrations: Map<string, DecodedEntry>;
}

export function collectBatch(blocks: readonly CommittedBlock[]): Batch {
  const batch: Batch = {
    blocks: [],
    entries: [],
    events: [],
    eventItems: [],
    eventFields: [],
    lineage: [],
    findings: [],
    recalls: new RecallBatch(),
    governance: new GovernanceBatch(),
    vocabularies: new VocabularyBatch(),
    changes: new Map(),
    registrations: new Map(),
  };
  for (const committed of blocks) collectBlock(batch, committed);
  return batch;
}

function collectBlock(batch: Batch, { block, outcome }: CommittedBlock): void {
  const { header, entries } = block;
  const blockTime = new Date(header.time);
  const transfers = new Map<string, Uint8Array>();
  const recalls = new Map<string, Uint8Array>();
  for (const { key, value } of outcome.changes) {
    batch.changes.set(key, value);
    batch.governance.addChange(header.height, key, value);
    if (value !== null && key.startsWith(TRANSFER_PREFIX)) transfers.set(key.slice(TRANSFER_PREFIX.length), value);
    if (value !== null && key.startsWith(RECALL_PREFIX)) recalls.set(key.slice(RECALL_PREFIX.length), value);
  }

  batch.blocks.push({
    height: header.height,
    hash: block.hash,
    parentHash: header.parentHash,
    time: blockTime,
    proposer: header.proposer,
    entryCount: entries.length,
    sizeBytes: block.bytes.length,
    entriesRoot: toHex(header.entriesRoot),
    logSize: header.logSize,
    logRoot: toHex(header.logRoot),
    stateRoot: toHex(header.stateRoot),
  });
  for (const [index, entry] of entries.entries()) {
    const { statement } = entry;
    const logIndex = header.logSize - entries.length + index;
    const findings = outcome.findings[index] ?? [];
    batch.entries.push({
      height: header.height,
      index,
      logIndex,
      id: statement.entryId,
      kind: statement.kind,
      author: statement.issuer,
      subject: statement.subject,
      keyId: statement.keyId,
      contentType: statement.contentType,
      contentHash: toHex(statement.contentHash),
      sizeBytes: entry.size,
    });
    const transfer = (id: EntryId): Transfer => TRANSFER.decode(transfers.get(id) as Uint8Array);
    const recall = (id: EntryId): Recall => RECALL.decode(recalls.get(id) as Uint8Array);
    const { events, items, fields } = eventRows({ entry, height: header.height, index, logIndex, blockTime, findings, transfer, recall });
    for (const row of events) batch.events.push(row);
    for (const row of items) batch.eventItems.push(row);
    for (const row of fields) batch.eventFields.push(row);
    for (const row of lineageRows(entry, logIndex)) batch.lineage.push(row);
    batch.recalls.add(entry, logIndex);
    batch.governance.addEntry(entry);
    batch.vocabularies.add(entry, logIndex);
    for (const [ordinal, { item, eventIndex, code, contradicts, detail }] of findings.entries()) {
      batch.findings.push({ itemKey: item, position: eventPosition(logIndex, eventIndex), ordinal, code, author: statement.issuer, contradicts, detail });
    }
    if (statement.kind === 'product.register') batch.registrations.set(statement.entryId, entry);
  }
}

const RECALL_PREFIX = `${RECALL.prefix}/`;
const TRANSFER_PREFIX = `${TRANSFER.prefix}/`;
