import type { QueryRunner } from 'typeorm';
import type { DecodedEntry } from '#ledger';
import { asTraceAction, QUERY_VALUE_LENGTH_MAX, type VocabularyElement } from '#trace';
import { VocabularyAttributeRow, VocabularyChildRow, VocabularyElementRow } from '../rows/vocabulary.row.js';
import { eventPosition } from './event-position.js';
import { storable, storableJson } from './storable.js';
import { writeRows } from './write-rows.js';

interface Version {
  readonly row: VocabularyElementRow;
  readonly element: VocabularyElement;
}

/** Where a version stands that holds, and its content as it is compared. */
interface Current {
  readonly position: number;
  readonly ordinal: number;
  readonly content: string;
  /** Undefined when it is in the database already. */
  readonly row?: VocabularyElementRow;
}

/** What a run of blocks says about places, classes and other elements of vocabularies (master data). */
export class VocabularyBatch {
  readonly #versions: Version[] = [];

  add({ action, statement }: DecodedEntry, logIndex: number): void {
    const act = asTraceAction(action);
    if (act.kind !== 'epcis.capture') return;
    for (const [ordinal, element] of act.vocabulary.entries()) {
      const { vocabulary, key, text, attributes, children } = element;
      const position = eventPosition(logIndex, 0);
      const named = attributes.map(({ prefix, namespace, local, value }) => [namespace === '' ? `${prefix}:${local}` : namespace + local, value] as const);
      const content = { attributes: named, children };
      const row = { position, ordinal, endPosition: null, author: statement.issuer, vocabulary, key, text, content };
      this.#versions.push({ row, element });
    }
  }

  /**
   * A document that is recorded event by event repeats its header in every entry: what an organisation has said before in the same words
   * is no new version.
   */
  async write(runner: QueryRunner): Promise<void> {
    if (this.#versions.length === 0) return;
    const current = await this.#currentVersions(runner);
    const written: Version[] = [];
    const ended: { position: number; ordinal: number; end: number }[] = [];
    for (const version of this.#versions) {
      const { row } = version;
      const before = current.get(identityOf(row));
      const content = comparable(row);
      if (before?.content === content) continue;
      if (before?.row !== undefined) before.row.endPosition = row.position;
      else if (before !== undefined) ended.push({ position: before.position, ordinal: before.ordinal, end: row.position });
      current.set(identityOf(row), { position: row.position, ordinal: row.ordinal, content, row });
      written.push(version);
    }
    await runner.query(
      `UPDATE vocabulary_element v SET end_position = ended.at FROM unnest($1::bigint[], $2::integer[], $3::bigint[]) AS ended (position, ordinal, at)
       WHERE v.position = ended.position AND v.ordinal = ended.ordinal`,
      [ended.map(({ position }) => position), ended.map(({ ordinal }) => ordinal), ended.map(({ end }) => end)],
    );
    await writeRows(runner, VocabularyElementRow, written.map(({ row }) => row));
    await writeRows(runner, VocabularyAttributeRow, written.flatMap(attributeRows));
    await writeRows(runner, VocabularyChildRow, written.flatMap(childRows));
  }

  async #currentVersions(runner: QueryRunner): Promise<Map<string, Current>> {
    const elements = [...new Map(this.#versions.map(({ row }) => [identityOf(row), row])).values()];
    const rows = (await runner.query(
      `SELECT v.position, v.ordinal, v.author, v.vocabulary, v.key, v.text, v.content
       FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (vocabulary, key, author)
       JOIN vocabulary_element v USING (vocabulary, key, author) WHERE v.end_position IS NULL`,
      [elements.map(({ vocabulary }) => storable(vocabulary)), elements.map(({ key }) => storable(key)), elements.map(({ author }) => author)],
    )) as (VocabularyElementRow & { readonly position: unknown })[];
    return new Map(
      rows.map((row) => [identityOf(row), { position: Number(row.position), ordinal: row.ordinal, content: comparable(row) }]),
    );
  }
}

function identityOf({ vocabulary, key, author }: Pick<VocabularyElementRow, 'vocabulary' | 'key' | 'author'>): string {
  return JSON.stringify([vocabulary, key, author]);
}

/** As the database gives it back. */
function comparable({ text, content: { attributes, children } }: Pick<VocabularyElementRow, 'text' | 'content'>): string {
  return storableJson([text, attributes, children]);
}

function attributeRows({ row: { position, ordinal }, element }: Version): VocabularyAttributeRow[] {
  return element.attributes.map(({ prefix, namespace, local, value }, place) => ({
    position,
    ordinal,
    place,
    prefix,
    namespace,
    local,
    text: value.slice(0, QUERY_VALUE_LENGTH_MAX + 1).toWellFormed(),
  }));
}

function childRows({ row: { position, ordinal, key }, element }: Version): VocabularyChildRow[] {
  return element.children.map((child, place) => ({ position, ordinal, place, parent: key, child }));
}
