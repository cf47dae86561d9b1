import type { DataSource } from 'typeorm';
import { list, one } from '../queries/answers.js';
import { entryReference, entryReferenceById } from '../queries/sql-fragments.js';
import type { At, Page, PageRequest } from '../queries.types.js';
import type { ProposalDto, ProposalFilter } from './governance.types.js';
import { tallyAsItStands } from './tally.js';

/** A proposal as SQL builds it: whose tally is not decided yet has none. */
type Found = Omit<ProposalDto, 'tally'> & { readonly decidedTally: ProposalDto['tally'] | null; readonly sort: readonly [number, string] };

/** Nothing writes that a proposal has expired: past its last height no ballot is taken (`c.height` is that of the answer). */
const STATE = `CASE WHEN p.state = 'open' AND c.height >= p.expires_at THEN 'expired' ELSE p.state END`;
const ABOUT = `coalesce(p.about, (SELECT k.organization FROM organization_key k WHERE k.key_id = p.action->>'keyId'))`;

/**
 * Height whose state was before the change: of what has taken effect (or failed to) the block before the one that wrote it, of
 * what was turned down that of the decision, else the present.
 */
const BEFORE = `CASE p.state
    WHEN 'effective' THEN p.effect_height - 2
    WHEN 'failed' THEN p.effect_height - 2
    WHEN 'rejected' THEN p.decided_height
    WHEN 'withdrawn' THEN p.decided_height
    WHEN 'open' THEN least(p.expires_at, c.height)
    ELSE c.height END`;

const version = (record: string, id: string): string =>
  `(SELECT v.value FROM record_version v WHERE v.record = '${record}' AND v.id = ${id} AND v.height <= ${BEFORE} ORDER BY v.height DESC LIMIT 1)`;

const COLUMNS = `p.id, p.kind, p.action,
  CASE WHEN ${ABOUT} IS NOT NULL THEN json_build_object('did', ${ABOUT}, 'name',
    coalesce((SELECT o.name FROM organization o WHERE o.did = ${ABOUT}), p.action->'organization'->>'name')) END AS about,
  (SELECT json_build_object('keyId', k.key_id, 'organization', k.organization, 'purpose', k.purpose)
   FROM organization_key k WHERE k.key_id = p.action->>'keyId') AS key,
  ${STATE} AS state, (SELECT r.reason FROM act_reason r WHERE r.entry_id = p.id) AS reason, ${entryReferenceById('p.id')} AS opened, p.expires_at AS "expiresAt", p.effect_height AS "effectHeight",
  p.decided_height AS "decidedHeight", p.decided_tally AS "decidedTally", p.failure,
  (SELECT coalesce(json_agg(x.ballot ORDER BY x.height, x.index), '[]'::json)
   FROM (SELECT ne.height, ne.index, json_build_object('organization', v.organization, 'choice', v.choice, 'keyId', ne.key_id,
           'reason', (SELECT r.reason FROM act_reason r WHERE r.entry_id = v.entry_id),
           'entry', ${entryReference('ne', 'nb.time')}) AS ballot
         FROM ballot v JOIN entry ne ON ne.id = v.entry_id JOIN block nb ON nb.height = ne.height WHERE v.proposal = p.id) x) AS ballots,
  json_build_object('organization', ${version('org', ABOUT)}, 'validators', ${version('validators', "'current'")},
    'parameters', ${version('params', "'current'")}, 'thresholds', coalesce(${version('policy', "'current'")}, '{}'::jsonb)) AS before,
  json_build_array(p.opened_height, p.id) AS sort`;

/** Newest first. */
export async function proposals(dataSource: DataSource, filter: ProposalFilter, page: PageRequest | undefined): Promise<Page<ProposalDto>> {
  const found = await list<Found>(dataSource, {
    sql: `SELECT ${COLUMNS} FROM proposal p
          WHERE ($1::bigint IS NULL OR (p.opened_height, p.id) < ($1, $2::text))
            AND ($4::text IS NULL OR ${STATE} = $4)
            AND ($5::text IS NULL OR p.kind = $5)
            AND ($6::text IS NULL OR ${ABOUT} = $6)
            AND ($7::text IS NULL OR p.opened_by = $7)
          ORDER BY p.opened_height DESC, p.id DESC LIMIT $3`,
    parameters: [filter.state ?? null, filter.kind ?? null, filter.about ?? null, filter.openedBy ?? null],
    sortKey: ['number', 'string'],
    sortValues: (row) => row.sort,
    page,
  });
  return { ...found, items: found.items.map(proposalDto) };
}

export async function proposal(dataSource: DataSource, id: string): Promise<At<ProposalDto> | undefined> {
  const found = await one<Found>(dataSource, `SELECT ${COLUMNS} FROM proposal p WHERE p.id = $1`, [id]);
  if (found === undefined) return undefined;
  const { asOf, ...row } = found;
  return { ...proposalDto(row), asOf };
}

function proposalDto({ decidedTally, sort: _, ...found }: Found): ProposalDto {
  return { ...found, tally: decidedTally ?? tallyAsItStands(found) };
}
