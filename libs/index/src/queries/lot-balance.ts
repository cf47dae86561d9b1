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
import { one } from './answers.js';
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
  const found = await one<Found>(dataSource, BALANCE, [canonicalId]);
  if (found === undefined) return undefined;
  const { items, uncounted, findings, asOf } = found;
  const units = [...accountsOf(found)].map(([unit, accounts]) => unitBalance(unit, accounts));
  const isCreated = units.some(({ created }) => created !== '0');
  return {
    lot: canonicalId,
    units: units
      .map((balance) => ({ ...balance, unitMismatch: isCreated && balance.created === '0' }))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1)),
    items,
    uncounted,
    openRecalls: found.openRecalls,
    findings,
    asOf,
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
  `EXISTS (SELECT 1 FROM finding f WHERE f.item_key = $1 AND f.position = e.position AND f.code IN (${codes}))`;

/** Departing, loading and arriving tell of the same goods again: only the steps that hand over are counted. */
const BALANCE = `
  WITH handed AS (
    SELECT na.log_index * ${POSITIONS_PER_ENTRY} AS position, t.sender, t.receiver
    FROM event_item ei
    JOIN event e ON e.position = ei.position AND e.kind = 'transfer.offer'
    JOIN entry no ON no.height = e.height AND no.index = e.index
    JOIN transfer t ON t.id = no.id AND t.transfers IN ('custody', 'both') AND t.accepted @> to_jsonb(ARRAY[$1::text])
    JOIN entry na ON na.id = t.answered_by
    WHERE ei.item_key = $1 AND ei.role = 'transferred'
  ),
  said AS (
    SELECT e.position, e.author, ei.uom,
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
    FROM event_item ei JOIN event e ON e.position = ei.position
    WHERE ei.item_key = $1 AND ei.by_quantity AND ei.quantity IS NOT NULL AND e.superseded_by IS NULL AND NOT e.is_error_declaration
  ),
  counted AS (
    SELECT (SELECT count(*) FROM handed h WHERE h.position < s.position)::integer AS segment, s.author, s.uom, s.side, s.quantity
    FROM said s WHERE s.side IS NOT NULL AND s.quantity > 0 AND s.quantity < 1e21
  )
  SELECT
    (SELECT coalesce(json_agg(m), '[]'::json) FROM (
       SELECT segment, author, uom, side, sum(quantity)::text AS sum FROM counted
       GROUP BY segment, author, uom, side ORDER BY segment, author, uom, side) m) AS movements,
    (SELECT coalesce(json_agg(json_build_object('from', h.sender, 'to', h.receiver) ORDER BY h.position), '[]'::json) FROM handed h) AS transfers,
    (SELECT count(*)::integer FROM said s WHERE s.side IS NOT NULL AND coalesce(s.quantity <= 0 OR s.quantity >= 1e21, true)) AS uncounted,
    (SELECT coalesce(json_agg(x), '[]'::json) FROM (
       SELECT li.custodian AS organization, li.status, count(*)::integer AS count FROM item li WHERE li.lot = $1
       GROUP BY li.custodian, li.status ORDER BY li.custodian, li.status) x) AS items,
    ${openRecalls('i.item_key', 'i.lot')} AS "openRecalls",
    ${findingsWhere('f.item_key = i.item_key')} AS findings
  FROM (SELECT $1::text AS item_key, (SELECT lot FROM item WHERE item_key = $1) AS lot
        WHERE EXISTS (SELECT 1 FROM item WHERE item_key = $1 OR lot = $1)) i`;
