import type { DataSource } from 'typeorm';
import { amountOf, amountText } from '#trace';
import { lotBalances } from '../queries/lot-balance.js';
import { answer } from '../queries/answers.js';
import type { At, LotBalanceDto } from '../queries.types.js';
import type { TraceNodeDto } from '../trace/trace.types.js';
import { TRACE_DEPTH_MAX, TRACE_NODES_MAX, TraceQueries } from '../trace/trace-queries.js';
import { affectedOf, type Affected } from './affected-graph.js';
import type {
  AffectedHolderDto,
  AffectedItemDto,
  AffectedQuantityDto,
  ImpactedOrganizationDto,
  RecallImpactDto,
  RecallImpactRequest,
  UnknownImpactDto,
} from './recall-impact.types.js';
import { shareOf, shareText } from './shares.js';

/**
 * What a recall of items and lots would concern: everything made of them, who has it, and what the ledger cannot tell. One trace for all
 * targets, one statement for all balances, however many items there are.
 */
export async function recallImpact(dataSource: DataSource, request: RecallImpactRequest): Promise<At<RecallImpactDto>> {
  const trace = await new TraceQueries(dataSource).traceAll(request.items, { direction: 'down', depth: TRACE_DEPTH_MAX, limit: TRACE_NODES_MAX });
  const unknownTargets = new Set(trace.unknown);
  const graph = { ...trace, nodes: trace.nodes.filter(({ id }) => !unknownTargets.has(id)) };
  const found = affectedOf(graph, request);
  const { balances } = await lotBalances(dataSource, [...found].flatMap(([id, { as }]) => (as === 'carrier' ? [] : id)));
  const balanceOf = new Map(balances.map((balance) => [balance.lot, balance]));

  const affected = graph.nodes
    .flatMap((node) => {
      const how = found.get(node.id);
      return how === undefined ? [] : affectedItem(node, how, balanceOf.get(node.id));
    })
    .sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1));
  const unknown: UnknownImpactDto = { targets: trace.unknown, tombstones: trace.tombstones, ...gapsOf(affected) };
  return {
    targets: request.items,
    window: { from: timeText(request.fromMs), to: timeText(request.toMs) },
    affected,
    organizations: await organizationsOf(dataSource, affected),
    unknown,
    isComplete: !trace.truncated && Object.values(unknown).every((list: readonly unknown[]) => list.length === 0),
    truncated: trace.truncated,
    asOf: trace.asOf,
  };
}

function timeText(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

function affectedItem(node: TraceNodeDto, { as, depth, share }: Affected, balance: LotBalanceDto | undefined): AffectedItemDto {
  const { id, kind, status, owner, custodian, container, lot, product, place } = node;
  const units = as === 'carrier' ? [] : (balance?.units ?? []);
  const quantities = units.map(
    ({ unit, created, onHand, away }): AffectedQuantityDto => ({
      unit,
      created,
      affected: share === undefined ? null : upToNineDecimals(shareOf(amountOf(created), share)),
      onHand,
      away,
    }),
  );
  const ofUnits = units.flatMap(({ unit, organizations }) =>
    organizations.filter(({ onHand }) => amountOf(onHand) > 0n).map(({ organization, onHand }) => ({ organization, unit, quantity: onHand })),
  );
  const isHeld = units.length === 0 && kind !== 'lot' && kind !== 'class' && custodian !== null && !hasEnded(status);
  const holders: readonly AffectedHolderDto[] = isHeld ? [{ organization: custodian, unit: null, quantity: '1' }] : ofUnits;
  const shown = share === undefined ? null : shareText(share);
  return { id, kind, as, depth, share: shown, status, owner, custodian, container, lot, product, place, quantities, holders };
}

function hasEnded(status: string): boolean {
  return status === 'inactive' || status === 'destroyed';
}

const BILLIONTH = 10n ** 9n;

function upToNineDecimals(amount: bigint): string {
  return amountText(((amount + BILLIONTH - 1n) / BILLIONTH) * BILLIONTH);
}

function gapsOf(affected: readonly AffectedItemDto[]): Omit<UnknownImpactDto, 'targets' | 'tombstones'> {
  const own = affected.filter(({ as }) => as !== 'carrier');
  const isLot = ({ kind }: AffectedItemDto): boolean => kind === 'lot' || kind === 'class';
  const hasSerials = new Set(own.map(({ lot }) => lot));
  return {
    away: own.flatMap(({ id, quantities }) =>
      quantities.filter(({ away }) => amountOf(away) > 0n).map(({ unit, away }) => ({ item: id, unit, quantity: away })),
    ),
    withoutQuantity: own
      .filter((item) => isLot(item) && !hasSerials.has(item.id) && item.quantities.every(({ created }) => created === '0'))
      .map(({ id }) => id),
    withoutShare: own.filter(({ share }) => share === null).map(({ id }) => id),
    withoutHolder: own
      .filter((item) => !isLot(item) && item.quantities.length === 0 && item.custodian === null && !hasEnded(item.status))
      .map(({ id }) => id),
  };
}

async function organizationsOf(dataSource: DataSource, affected: readonly AffectedItemDto[]): Promise<readonly ImpactedOrganizationDto[]> {
  const held = new Map<string, { items: number; lots: Set<string>; sums: Map<string, bigint> }>();
  for (const { id, as, holders } of affected) {
    if (as === 'carrier') continue;
    for (const { organization, unit, quantity } of holders) {
      const holding = held.get(organization) ?? { items: 0, lots: new Set<string>(), sums: new Map<string, bigint>() };
      held.set(organization, holding);
      if (unit === null) holding.items++;
      else {
        holding.lots.add(id);
        holding.sums.set(unit, (holding.sums.get(unit) ?? 0n) + amountOf(quantity));
      }
    }
  }
  const names = await namesOf(dataSource, [...held.keys()]);
  return [...held]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([organization, { items, lots, sums }]) => ({
      organization,
      name: names.get(organization) ?? null,
      items,
      lots: lots.size,
      quantities: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([unit, sum]) => ({ unit, onHand: amountText(sum) })),
    }));
}

async function namesOf(dataSource: DataSource, dids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await answer<{ did: string; name: string }>(
    dataSource,
    'SELECT o.did, o.name FROM organization o WHERE o.did IN (SELECT jsonb_array_elements_text($1::jsonb))',
    [JSON.stringify(dids)],
  );
  return new Map(rows.map(({ did, name }) => [did, name]));
}
