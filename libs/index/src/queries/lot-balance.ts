import type { DataSource } from 'typeorm';
import { amountText, measureSum, type Amount } from '#trace';
import { POSITIONS_PER_ENTRY } from '../projection/event-position.js';
import type {
  At,
  FindingDto,
  LotBalanceDto,
  LotBalanceSidesDto,
  LotItemsDto,
  LotUnitBalanceDto,
} from '../queries.types.js';
import { answer } from './answers.js';
import { findingsWhere, openRecalls } from './sql-fragments.js';

type Side = Exclude<keyof LotBalanceSidesDto, 'onHand'>;

/** What one organisation said between two transfers of the lot, in one unit. */
interface Movement {
  /** Accepted transfers of custody before it. */
  readonly segment: number;
  readonly author: string;
  readonly uom: string | null;
  readonly side: Side;
  /** Exact sum, decimal text. */
  readonly sum: string;
}

interface Found {
  readonly lot: string;
  readonly movements: readonly Movement[];
  /** In chain order. */
  readonly transfers: readonly { readonly from: string; readonly to: string }[];
  readonly items: readonly LotItemsDto[];
  readonly uncounted: number;
  readonly openRecalls: readonly string[];
  readonly findings: readonly FindingDto[];
}

type Sides = Record<Side, Amount>;

/**
 * Where the quantity of a lot went, by unit and organisation. Events that were taken back, and creations that the ledger does not
 * recognise, are left out. An accepted transfer of the whole lot hands over what its sender has on hand then.
 */
export async function lotBalance(dataSource: DataSource, canonicalId: string): Promise<At<LotBalanceDto> | undefined> {
  const { balances, height } = await lotBalances(dataSource, [canonicalId]);
  const [balance] = balances;
  return balance === undefined ? undefined : { ...balance, asOf: { height } };
}

/** Of many lots with one statement; what the ledger does not know is left out. */
export async function lotBalances(
  dataSource: DataSource,
  canonicalIds: readonly string[],
): Promise<{ readonly balances: readonly LotBalanceDto[]; readonly height: number }> {
  const { rows, height } = await answer<Found>(dataSource, BALANCES, [JSON.stringify(canonicalIds)]);
  return { balances: rows.map(balanceOf), height };
}

function balanceOf(found: Found): LotBalanceDto {
  const { lot, items, uncounted, findings } = found;
  const units = [...accountsOf(found)].map(([unit, accounts]) => unitBalance(unit, accounts));
  const isCreated = units.some(({ created }) => created !== '0');
  return {
    lot,
    units: units
      .map((balance) => ({ ...balance, unitMismatch: isCreated && balance.created === '0' }))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    items,
    uncounted,
    openRecalls: found.openRecalls,
    findings,
  };
}

/** By unit, then by organisation. */
function accountsOf({ movements, transfers }: Found): Map<string, Map<string, Sides>> {
  const units = new Map<string, Map<string, Sides>>();
  let segment = 0;
  const handOverUntil = (end: number): void => {
    for (; segment < end; segment++) {
      const { from, to } = transfers[segment] as Found['transfers'][number];
      for (const accounts of units.values()) handOver(accounts, from, to);
    }
  };
  for (const { segment: at, author, uom, side, sum } of movements) {
    handOverUntil(at);
    const { unit, amount } = measureSum(sum, uom ?? undefined);
    const accounts = units.get(unit) ?? new Map<string, Sides>();
    units.set(unit, accounts);
    accountIn(accounts, author)[side] += amount;
  }
  handOverUntil(transfers.length);
  return units;
}

function handOver(accounts: Map<string, Sides>, from: string, to: string): void {
  const sender = accountIn(accounts, from);
  const amount = onHand(sender);
  if (amount <= 0n) return;
  sender.shipped += amount;
  accountIn(accounts, to).received += amount;
}

function accountIn(accounts: Map<string, Sides>, organization: string): Sides {
  const account = accounts.get(organization) ?? { created: 0n, consumed: 0n, waste: 0n, shipped: 0n, received: 0n, excess: 0n };
  accounts.set(organization, account);
  return account;
}

function onHand({ created, received, consumed, waste, shipped }: Sides): Amount {
  return created + received - consumed - waste - shipped;
}

function unitBalance(unit: string, accounts: ReadonlyMap<string, Sides>): Omit<LotUnitBalanceDto, 'unitMismatch'> {
  const total: Sides = { created: 0n, consumed: 0n, waste: 0n, shipped: 0n, received: 0n, excess: 0n };
  for (const account of accounts.values()) for (const side of SIDES) total[side] += account[side];
  return {
    unit,
    ...sidesDto(total),
    away: amountText(total.shipped - total.received),
    organizations: [...accounts]
      .filter(([, account]) => SIDES.some((side) => account[side] !== 0n))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([organization, account]) => ({ organization, ...sidesDto(account) })),
  };
}

const SIDES: readonly Side[] = ['created', 'consumed', 'waste', 'shipped', 'received', 'excess'];

function sidesDto(sides: Sides): LotBalanceSidesDto {
  const texts = Object.fromEntries(SIDES.map((side) => [side, amountText(sides[side])])) as Record<Side, string>;
  return { ...texts, onHand: amountText(onHand(sides)) };
}

/** What libs/trace counts too (`measure`): the cast below must not meet anything else. */
const COUNTABLE = String.raw`^\+?[0-9]{1,18}(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,2})?$`;

const hasFinding = (codes: string): string =>
  `EXISTS (SELECT 1 FROM finding f WHERE f.item_key = ei.item_key AND f.position = e.position AND f.code IN (${codes}))`;

/**
 * $1: a JSON list of canonical identifiers. Departing, loading and arriving tell of the same goods again: only the steps that hand over
 * are counted. A movement's segment is the number of hand-overs of the whole lot before it.
 */
const BALANCES = `
  WITH lots AS MATERIALIZED (
    SELECT k.lot, i.lot AS of
    FROM jsonb_array_elements_text($1::jsonb) AS k (lot) LEFT JOIN item i ON i.item_key = k.lot
    WHERE i.item_key IS NOT NULL OR EXISTS (SELECT 1 FROM item m WHERE m.lot = k.lot)
  ),
  handed AS MATERIALIZED (
    SELECT ei.item_key AS lot, na.log_index * ${POSITIONS_PER_ENTRY} AS position, t.sender, t.receiver
    FROM lots
    JOIN event_item ei ON ei.item_key = lots.lot AND ei.role = 'transferred'
    JOIN event e ON e.position = ei.position AND e.kind = 'transfer.offer'
    JOIN entry no ON no.height = e.height AND no.index = e.index
    JOIN transfer t ON t.id = no.id AND t.transfers IN ('custody', 'both') AND t.accepted @> to_jsonb(ei.item_key)
    JOIN entry na ON na.id = t.answered_by
  ),
  said AS (
    SELECT ei.item_key AS lot, e.position, e.author, ei.uom,
      CASE WHEN ei.quantity ~ '${COUNTABLE}' THEN ei.quantity::numeric END AS quantity,
      CASE
        WHEN e.kind = 'lot.commission' OR ei.role = 'output' OR (e.type = 'ObjectEvent' AND e.action = 'ADD') THEN
          CASE WHEN NOT ${hasFinding(`'FINDING_COMMISSIONED_TWICE', 'FINDING_FOREIGN_PREFIX'`)} THEN 'created' END
        WHEN ei.role = 'input' OR (e.type = 'ObjectEvent' AND (e.action = 'DELETE' OR e.biz_step IN ('destroying', 'decommissioning'))) THEN
          CASE WHEN ${hasFinding(`'FINDING_CONSUMED_MORE_THAN_PRODUCED'`)} THEN 'excess'
               WHEN ei.role = 'input' THEN 'consumed'
               WHEN e.biz_step = 'retail_selling' THEN 'shipped'
               ELSE 'waste' END
        WHEN e.type IN ('ObjectEvent', 'AggregationEvent') AND e.action = 'OBSERVE' THEN
          CASE WHEN e.biz_step IN ('shipping', 'retail_selling') THEN 'shipped' WHEN e.biz_step = 'receiving' THEN 'received' END
      END AS side
    FROM lots
    JOIN event_item ei ON ei.item_key = lots.lot AND ei.by_quantity AND ei.quantity IS NOT NULL
    JOIN event e ON e.position = ei.position AND e.superseded_by IS NULL AND NOT e.is_error_declaration
  ),
  judged AS MATERIALIZED (
    SELECT *, coalesce(quantity > 0 AND quantity < 1e21, false) AS counts FROM said WHERE side IS NOT NULL
  ),
  numbered AS (
    SELECT *, count(*) FILTER (WHERE side IS NULL) OVER (PARTITION BY lot ORDER BY position ROWS UNBOUNDED PRECEDING) AS segment
    FROM (SELECT lot, position, author, uom, quantity, side FROM judged WHERE counts
          UNION ALL SELECT lot, position, NULL, NULL, NULL, NULL FROM handed) both_kinds
  ),
  movements AS (
    SELECT lot, json_agg(json_build_object('segment', segment, 'author', author, 'uom', uom, 'side', side, 'sum', sum)
      ORDER BY segment, author, uom, side) AS list
    FROM (SELECT lot, segment, author, uom, side, sum(quantity)::text AS sum FROM numbered WHERE side IS NOT NULL
          GROUP BY lot, segment, author, uom, side) m
    GROUP BY lot
  ),
  transfers AS (
    SELECT lot, json_agg(json_build_object('from', sender, 'to', receiver) ORDER BY position) AS list FROM handed GROUP BY lot
  ),
  uncounted AS (SELECT lot, count(*)::integer AS number FROM judged WHERE NOT counts GROUP BY lot),
  items AS (
    SELECT lot, json_agg(json_build_object('organization', custodian, 'status', status, 'count', count) ORDER BY custodian, status) AS list
    FROM (SELECT i.lot, i.custodian, i.status, count(*)::integer AS count
          FROM lots JOIN item i ON i.lot = lots.lot GROUP BY i.lot, i.custodian, i.status) x
    GROUP BY lot
  )
  SELECT lots.lot, coalesce(movements.list, '[]'::json) AS movements, coalesce(transfers.list, '[]'::json) AS transfers,
    coalesce(items.list, '[]'::json) AS items, coalesce(uncounted.number, 0) AS uncounted,
    ${openRecalls('lots.lot', 'lots.of')} AS "openRecalls", ${findingsWhere('f.item_key = lots.lot')} AS findings
  FROM lots
  LEFT JOIN movements ON movements.lot = lots.lot
  LEFT JOIN transfers ON transfers.lot = lots.lot
  LEFT JOIN uncounted ON uncounted.lot = lots.lot
  LEFT JOIN items ON items.lot = lots.lot`;
