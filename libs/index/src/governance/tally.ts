import type { RecordReader, RecordType } from '#codec';
import { ORGANIZATION_KEY, POLICY, tallyOf, VALIDATORS, type Proposal, type Tally } from '#identity';
import type { ProposalDto } from './governance.types.js';

/** What decides about the ballots of a proposal that is not decided yet, as SQL read it. */
export type Undecided = Pick<ProposalDto, 'action' | 'ballots' | 'before' | 'key'>;

/** The ledger's own count, on the validators and thresholds of the answer's height. */
export function tallyAsItStands({ action, ballots, before, key }: Undecided): Tally {
  const records = new Map<string, unknown>([
    [VALIDATORS.prefix, before.validators],
    [POLICY.prefix, before.thresholds],
    [ORGANIZATION_KEY.prefix, key ?? undefined],
  ]);
  const state: RecordReader = { get: <T>({ prefix }: RecordType<T>) => records.get(prefix) as T | undefined };
  return tallyOf(state, { action, ballots } as unknown as Pick<Proposal, 'action' | 'ballots'>);
}
