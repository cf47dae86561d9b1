import type { QueryRunner } from 'typeorm';
import type { RecordType } from '#codec';
import { ORGANIZATION, PARAMETERS, POLICY, PROPOSAL, VALIDATORS } from '#identity';
import type { DecodedEntry } from '#ledger';
import { asTraceAction } from '#trace';
import { writeRows } from '../projection/write-rows.js';
import { ActReasonRow } from '../rows/act-reason.row.js';
import { BallotRow } from '../rows/ballot.row.js';
import { RecordVersionRow } from '../rows/record-version.row.js';
import { recordAsJson } from './record-as-json.js';

/** Records whose past is kept, by prefix: they change seldom, and a decision is understood by what was before it. */
const VERSIONED: ReadonlyMap<string, RecordType<unknown>> = new Map<string, RecordType<unknown>>(
  [ORGANIZATION, VALIDATORS, PARAMETERS, POLICY].map((type) => [type.prefix, type as RecordType<unknown>]),
);

/** What a run of blocks adds to the history of governance. Call `addChange` for all of a block before `addEntry`. */
export class GovernanceBatch {
  readonly #ballots: BallotRow[] = [];
  readonly #reasons: ActReasonRow[] = [];
  readonly #versions: RecordVersionRow[] = [];
  /** As the last block left them. */
  readonly #proposals = new Map<string, Uint8Array>();

  /** @param value - as the block left it; null = removed, which none of these records is */
  addChange(height: number, key: string, value: Uint8Array | null): void {
    if (value === null) return;
    const slash = key.indexOf('/');
    const prefix = key.slice(0, slash);
    if (prefix === PROPOSAL.prefix) this.#proposals.set(key.slice(slash + 1), value);
    const type = VERSIONED.get(prefix);
    if (type === undefined) return;
    this.#versions.push({ record: prefix, id: key.slice(slash + 1), height, value: recordAsJson(type.decode(value)) as object });
  }

  addEntry({ action, statement }: DecodedEntry): void {
    const { entryId, issuer: organization } = statement;
    const act = asTraceAction(action);
    if (act.kind === 'proposal.vote') this.#ballots.push({ proposal: act.proposal, organization, choice: act.choice, entryId });
    else if (act.kind === 'proposal.open' && this.#isOpenersBallot(entryId)) {
      this.#ballots.push({ proposal: entryId, organization, choice: 'yes', entryId });
    }
    if ('reason' in act && REASONED.has(act.kind) && act.reason !== undefined) this.#reasons.push({ entryId, reason: act.reason });
  }

  async write(runner: QueryRunner): Promise<void> {
    await writeRows(runner, BallotRow, this.#ballots);
    await writeRows(runner, ActReasonRow, this.#reasons);
    await writeRows(runner, RecordVersionRow, this.#versions);
  }

  /** Opening a proposal is the yes of a validator; of others it is none, and they cannot vote in the same block. */
  #isOpenersBallot(id: string): boolean {
    const bytes = this.#proposals.get(id);
    if (bytes === undefined) return false;
    const { ballots, openedBy, openedHeight } = PROPOSAL.decode(bytes);
    return ballots.some(({ organization, height }) => organization === openedBy && height === openedHeight);
  }
}

const REASONED: ReadonlySet<string> = new Set(['proposal.open', 'proposal.vote', 'proposal.withdraw', 'key.revoke', 'key.recover']);
