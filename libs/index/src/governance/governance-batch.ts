import type { QueryRunner } from 'typeorm';
import type { RecordType } from '#codec';
import { ORGANIZATION, PARAMETERS, POLICY, VALIDATORS } from '#identity';
import type { DecodedEntry } from '#ledger';
import { writeRows } from '../projection/write-rows.js';
import { BallotRow } from '../rows/ballot.row.js';
import { RecordVersionRow } from '../rows/record-version.row.js';
import { jsonOf } from './json-of.js';

/** Records whose past is kept, by prefix: they change seldom, and a decision is understood by what was before it. */
const VERSIONED: ReadonlyMap<string, RecordType<unknown>> = new Map<string, RecordType<unknown>>(
  [ORGANIZATION, VALIDATORS, PARAMETERS, POLICY].map((type) => [type.prefix, type as RecordType<unknown>]),
);

/** What a run of blocks adds to the history of governance. */
export class GovernanceBatch {
  readonly #ballots: BallotRow[] = [];
  readonly #versions: RecordVersionRow[] = [];

  addEntry({ action, statement }: DecodedEntry): void {
    if (action.kind !== 'proposal.vote') return;
    const { proposal, choice } = action as unknown as { readonly proposal: string; readonly choice: string };
    this.#ballots.push({ proposal, organization: statement.issuer, choice, entryId: statement.entryId });
  }

  /** @param value - as the block left it; null = removed, which none of these records is */
  addChange(height: number, key: string, value: Uint8Array | null): void {
    const slash = key.indexOf('/');
    const type = VERSIONED.get(key.slice(0, slash));
    if (type === undefined || value === null) return;
    const record = jsonOf(type.decode(value)) as object;
    this.#versions.push({ record: type.prefix, id: key.slice(slash + 1), height, value: record });
  }

  async write(runner: QueryRunner): Promise<void> {
    await writeRows(runner, BallotRow, this.#ballots);
    await writeRows(runner, RecordVersionRow, this.#versions);
  }
}
