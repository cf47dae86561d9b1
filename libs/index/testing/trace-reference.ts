import type { CommittedBlock } from '#node';
import { asTraceAction, effectiveEventId, ITEM, type EpcisEvent, type ItemRole } from '#trace';
import type { TraceWay } from '../src/trace/trace.types.js';

/**
 * The rules of docs/reference/trace.md carried out one by one, in memory and without any cleverness: time is a list of moments, and what
 * is reached are single pairs of an item and a moment. Slow, and meant to be read.
 */

/** [event time in ms, position on the chain]; position −1 = before everything of that time. */
type Moment = readonly [number, number];

export interface ReferenceEvent {
  readonly position: number;
  readonly at: Moment;
  readonly type: string | null;
  readonly action: string | null;
  readonly isDeclaration: boolean;
  isSuperseded: boolean;
  readonly parent: string | undefined;
  readonly namesNoChildren: boolean;
  readonly transformation: string;
  readonly items: readonly { readonly role: ItemRole; readonly key: string; readonly quantity: string | undefined; readonly isQuantity: boolean }[];
  /** Items of which the ledger says that the author may not move them. */
  readonly denied: ReadonlySet<string>;
}

export interface ReferenceLedger {
  readonly events: readonly ReferenceEvent[];
  readonly lots: ReadonlyMap<string, string | undefined>;
  readonly statuses: ReadonlyMap<string, string>;
}

export interface ReferenceTrace {
  readonly nodes: ReadonlyMap<string, Partial<Record<TraceWay, number>>>;
  readonly edges: ReadonlySet<string>;
  /** `position item role` */
  readonly concerns: ReadonlySet<string>;
  /** `item way reason event` */
  readonly tombstones: ReadonlySet<string>;
}

const DENIALS = ['FINDING_NOT_OWNER_OR_CUSTODIAN', 'FINDING_FOREIGN_PREFIX', 'FINDING_CONTAINED_IN_ITSELF', 'FINDING_CONTAINER_LIMIT'];

/** The captured events of some blocks, with what the ledger says of their items after the last. */
export function referenceLedger(blocks: readonly CommittedBlock[]): ReferenceLedger {
  const events: (ReferenceEvent & { readonly id: string; readonly author: string })[] = [];
  const lots = new Map<string, string | undefined>();
  const statuses = new Map<string, string>();
  for (const { block, outcome } of blocks) {
    for (const { key, value } of outcome.changes) {
      if (!key.startsWith('item/') || value === null) continue;
      const item = ITEM.decode(value);
      lots.set(key.slice('item/'.length), item.lot);
      statuses.set(key.slice('item/'.length), item.status);
    }
    for (const [i, { action, statement }] of block.entries.entries()) {
      const decoded = asTraceAction(action);
      if (decoded.kind !== 'epcis.capture') continue;
      const logIndex = block.header.logSize - block.entries.length + i;
      for (const event of decoded.events) {
        const findings = (outcome.findings[i] ?? []).filter((finding) => finding.eventIndex === event.index && DENIALS.includes(finding.code));
        const read = readEvent(event, logIndex * 1000 + event.index, statement.issuer, new Set(findings.map((finding) => finding.item)));
        events.push({ ...read, id: effectiveEventId(event, statement.entryId), author: statement.issuer });
      }
    }
  }
  for (const declaration of events.filter((event) => event.isDeclaration)) {
    for (const event of events) {
      const isTakenBack = event.id === declaration.id && event.author === declaration.author && event.position < declaration.position;
      if (isTakenBack && !event.isDeclaration) event.isSuperseded = true;
    }
  }
  return { events, lots, statuses };
}

/** The part of a ledger that concerns some items; it must not be connected with the rest. */
export function partOf({ events, lots, statuses }: ReferenceLedger, isOfPart: (key: string) => boolean): ReferenceLedger {
  const only = <V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> => new Map([...map].filter(([key]) => isOfPart(key)));
  return { events: events.filter((event) => event.items.some((item) => isOfPart(item.key))), lots: only(lots), statuses: only(statuses) };
}

function readEvent(event: EpcisEvent, position: number, author: string, denied: ReadonlySet<string>): ReferenceEvent {
  return {
    position,
    at: [event.eventTimeMs, position],
    type: event.type,
    action: event.action ?? null,
    isDeclaration: event.errorDeclaration !== undefined,
    isSuperseded: false,
    parent: event.items.find((item) => item.role === 'parent')?.id.key,
    namesNoChildren: event.items.every((item) => item.role !== 'child'),
    transformation: event.transformationId === undefined ? `${position}` : `${author} ${event.transformationId}`,
    items: event.items.map(({ role, id, quantity }) => ({ role, key: id.key, quantity: quantity?.value, isQuantity: quantity !== undefined })),
    denied,
  };
}

/** `child` with `parent` from one moment (included) to another (not included). */
interface Stay {
  readonly kind: 'containment' | 'association';
  readonly child: string;
  readonly parent: string;
  readonly from: ReferenceEvent;
  readonly to: ReferenceEvent | undefined;
}

/** Plays the events of a child in the order of time, keeping who holds how much of it. */
function staysOf(ledger: ReferenceLedger, kind: Stay['kind'], child: string): readonly Stay[] {
  const type = kind === 'containment' ? 'AggregationEvent' : 'AssociationEvent';
  const inForce = ledger.events.filter((event) => event.type === type && !event.isSuperseded && !event.isDeclaration && event.parent !== undefined && !event.denied.has(event.parent));
  const ended: Stay[] = [];
  const holders = new Map<string, { readonly from: ReferenceEvent; amount: number }>();
  const leave = (parent: string, to: ReferenceEvent | undefined): void => {
    const holder = holders.get(parent);
    if (holder !== undefined) ended.push({ kind, child, parent, from: holder.from, to });
    holders.delete(parent);
  };
  for (const event of [...inForce].sort((a, b) => compare(a.at, b.at))) {
    const parent = event.parent as string;
    const named = event.items.filter((item) => item.role === 'child' && item.key === child && !event.denied.has(child));
    if (event.action === 'DELETE' && event.namesNoChildren) leave(parent, event);
    for (const { quantity, isQuantity } of named) {
      // NaN: nobody knows how much, and so nobody does after adding to it.
      const amount = isQuantity && quantity !== undefined ? Number(quantity) : NaN;
      if (event.action === 'ADD') {
        if (kind === 'containment' && !isQuantity) for (const other of [...holders.keys()]) if (other !== parent) leave(other, event);
        const holder = holders.get(parent);
        if (holder === undefined) holders.set(parent, { from: event, amount });
        else holder.amount += amount;
      } else if (event.action === 'DELETE') {
        const holder = holders.get(parent);
        if (holder === undefined) continue;
        holder.amount -= amount;
        if (!(holder.amount > 0)) leave(parent, event);
      }
    }
  }
  for (const parent of [...holders.keys()]) leave(parent, undefined);
  return ended;
}

const compare = (a: Moment, b: Moment): number => (a[0] !== b[0] ? (a[0] < b[0] ? -1 : 1) : a[1] - b[1]);
const covers = (stay: Stay, moment: Moment): boolean => compare(stay.from.at, moment) <= 0 && (stay.to === undefined || compare(moment, stay.to.at) < 0);

/**
 * The positions of the events in an item's history: those that name it, and those of the containers that it was in then, at any depth. What a
 * packing or unpacking does to other things in a container is not part of it; an emptying that names no children is, for each that it lets out.
 */
export function referenceHistory(ledger: ReferenceLedger, item: string): ReadonlySet<number> {
  const isIn = (child: string, container: string, holds: (stay: Stay) => boolean, seen: readonly string[]): boolean =>
    staysOf(ledger, 'containment', child).some(
      (stay) =>
        holds(stay) &&
        !seen.includes(stay.parent) &&
        (stay.parent === container || isIn(stay.parent, container, holds, [...seen, stay.parent])),
    );
  const concerns = (event: ReferenceEvent): boolean => {
    if (event.items.some(({ key }) => key === item)) return true;
    const isPacking = event.type === 'AggregationEvent' && (event.action === 'ADD' || event.action === 'DELETE');
    const isEmptying = isPacking && event.action === 'DELETE' && event.namesNoChildren && !event.isDeclaration && !event.denied.has(event.parent ?? '');
    // Whom an emptying lets out was inside until then.
    const holds = (stay: Stay): boolean =>
      covers(stay, event.at) || (isEmptying && compare(stay.from.at, event.at) < 0 && stay.to?.position === event.position);
    return event.items.some(({ key, role }) => (isEmptying || !(isPacking && role === 'parent')) && isIn(item, key, holds, [item]));
  };
  return new Set(ledger.events.filter(concerns).map(({ position }) => position));
}

const NOW: Moment = [Infinity, Number.MAX_SAFE_INTEGER];

export interface ReferenceRequest {
  readonly item: string;
  readonly ways: readonly TraceWay[];
  readonly atMs: number | undefined;
  readonly depth: number;
}

export function referenceTrace(ledger: ReferenceLedger, request: ReferenceRequest): ReferenceTrace {
  const items = new Set([...ledger.lots.keys(), ...ledger.events.flatMap((event) => event.items.map((item) => item.key))]);
  const stays = [...items].flatMap((item) => [...staysOf(ledger, 'containment', item), ...staysOf(ledger, 'association', item)]);
  const nodes = new Map<string, Partial<Record<TraceWay, number>>>();
  const edges = new Map<string, readonly [string, string]>();
  const concerns = new Set<string>();
  const tombstones = new Set<string>();
  const made = new Set<string>();
  for (const way of request.ways) traceOneWay({ ledger, stays, request, way, nodes, edges, concerns, tombstones, made });

  for (const [item, depths] of nodes) {
    if (depths.up !== undefined && (ledger.statuses.get(item) ?? 'unknown') === 'unknown' && !made.has(item)) tombstones.add(`${item} up unknown-item null`);
  }
  const shown = [...edges].filter(([, ends]) => ends.every((end) => nodes.has(end))).map(([edge]) => edge);
  return { nodes, edges: new Set(shown), concerns, tombstones };
}

interface Context {
  readonly ledger: ReferenceLedger;
  readonly stays: readonly Stay[];
  readonly request: ReferenceRequest;
  readonly way: TraceWay;
  readonly nodes: Map<string, Partial<Record<TraceWay, number>>>;
  readonly edges: Map<string, readonly [string, string]>;
  readonly concerns: Set<string>;
  readonly tombstones: Set<string>;
  /** Items that came out of a transformation which was followed back. */
  readonly made: Set<string>;
}

/** An item at a moment; `host`: as what contains, or is built of, the item that is followed. */
interface Pair {
  readonly item: string;
  readonly moment: Moment;
  readonly host: boolean;
}

function traceOneWay(context: Context): void {
  const { request, way, nodes, tombstones } = context;
  const visited = new Set<string>();
  const isVisited = ({ item, moment, host }: Pair): boolean => visited.has(`own ${moment.join()} ${item}`) || (host && visited.has(`host ${moment.join()} ${item}`));
  const moments = allMoments(context);
  let pairs: readonly Pair[] = (way === 'up' ? [request.atMs === undefined ? NOW : ([request.atMs, NOW[1]] as const)] : moments.filter((moment) => request.atMs === undefined || moment[0] >= request.atMs)).map(
    (moment) => ({ item: request.item, moment, host: false }),
  );
  for (let depth = 0; depth <= request.depth; depth++) {
    const fresh: Pair[] = [];
    for (const pair of [...pairs].sort((a, b) => Number(a.host) - Number(b.host))) {
      if (isVisited(pair)) continue;
      visited.add(`${pair.host ? 'host' : 'own'} ${pair.moment.join()} ${pair.item}`);
      nodes.set(pair.item, { [way]: depth, ...nodes.get(pair.item) });
      fresh.push(pair);
    }
    const next = fresh.flatMap((pair) => {
      noteEvents(context, pair);
      const targets = (way === 'up' ? stepsUp : stepsDown)(context, pair, depth === 0, moments);
      return targets.map((target) => ({ source: pair.item, target }));
    });
    if (depth === request.depth) for (const { source, target } of next) if (!isVisited(target)) tombstones.add(`${source} ${way} depth null`);
    pairs = next.map(({ target }) => target);
  }
  if (way === 'down') noteEmptyings(context, moments, (item, moment) => isVisited({ item, moment, host: true }));
}

/** Every moment at which something may change; between them nothing does. */
function allMoments({ ledger, request }: Context): readonly Moment[] {
  const starts = [...new Set([...ledger.events.map((event) => event.at[0]), ...(request.atMs === undefined ? [] : [request.atMs])])].map((ms): Moment => [ms, -1]);
  return [...starts, ...ledger.events.map((event) => event.at), NOW].sort(compare);
}

const isTransformation = (event: ReferenceEvent): boolean => event.type === 'TransformationEvent' && !event.isDeclaration && !event.isSuperseded;
const names = (event: ReferenceEvent, item: string, role: ItemRole): boolean => event.items.some((part) => part.key === item && part.role === role);
const isPacking = (event: ReferenceEvent): boolean =>
  (event.type === 'AggregationEvent' || event.type === 'AssociationEvent') && (event.action === 'ADD' || event.action === 'DELETE');

function stepsUp(context: Context, { item, moment }: Pair, isRoot: boolean): readonly Pair[] {
  const { ledger, stays } = context;
  const targets: Pair[] = [];
  for (const stay of stays.filter((each) => each.parent === item && covers(each, moment))) {
    noteStay(context, stay);
    targets.push({ item: stay.child, moment, host: false });
  }
  for (const { transformation } of ledger.events.filter((event) => isTransformation(event) && names(event, item, 'output') && event.at[0] <= moment[0])) {
    context.made.add(item);
    for (const { event, part } of partsOf(context, transformation, 'input')) {
      context.edges.set(`transformation ${transformation} ${part} ${item}`, [part, item]);
      targets.push({ item: part, moment: event.at, host: false });
    }
  }
  const lot = ledger.lots.get(item);
  if (lot !== undefined) targets.push({ item: lot, moment, host: false });
  if (isRoot) for (const member of membersOf(ledger, item)) targets.push({ item: member, moment, host: false });
  return targets;
}

function stepsDown(context: Context, { item, moment, host }: Pair, isRoot: boolean, moments: readonly Moment[]): readonly Pair[] {
  const { ledger, stays } = context;
  const targets: Pair[] = [];
  for (const stay of stays.filter((each) => each.child === item && covers(each, moment))) {
    noteStay(context, stay);
    targets.push({ item: stay.parent, moment, host: true });
  }
  for (const used of ledger.events.filter((event) => isTransformation(event) && names(event, item, 'input') && compare(event.at, moment) === 0)) {
    for (const { event, part } of partsOf(context, used.transformation, 'output')) {
      context.edges.set(`transformation ${used.transformation} ${item} ${part}`, [item, part]);
      for (const later of moments.filter((each) => each[0] >= event.at[0])) targets.push({ item: part, moment: later, host: false });
    }
  }
  const members = host ? [] : isRoot ? membersOf(ledger, item) : serialsOf(ledger, item);
  for (const member of members) targets.push({ item: member, moment, host: false });
  return targets;
}

function partsOf({ ledger }: Context, transformation: string, role: ItemRole): readonly { readonly event: ReferenceEvent; readonly part: string }[] {
  return ledger.events
    .filter((event) => isTransformation(event) && event.transformation === transformation)
    .flatMap((event) => event.items.filter((item) => item.role === role).map((item) => ({ event, part: item.key })));
}

const serialsOf = ({ lots }: ReferenceLedger, lot: string): readonly string[] => [...lots].filter(([, itsLot]) => itsLot === lot).map(([item]) => item);

/** Serials of a lot; lots and serials of a class. */
function membersOf(ledger: ReferenceLedger, item: string): readonly string[] {
  const isClass = /\/01\/[0-9]{14}$/.test(item);
  return [...serialsOf(ledger, item), ...(isClass ? [...ledger.lots.keys()].filter((key) => key.startsWith(`${item}/`)) : [])];
}

function noteStay({ edges }: Context, { kind, child, parent, from, to }: Stay): void {
  edges.set(`${kind} ${child} ${parent} ${from.position} ${to?.position ?? null}`, [child, parent]);
}

function noteEvents(context: Context, { item, moment, host }: Pair): void {
  for (const event of context.ledger.events) {
    const isThen = context.way === 'up' ? event.at[0] <= moment[0] : compare(event.at, moment) === 0;
    if (isThen) noteEvent(context, event, item, host);
  }
}

/** An unpacking that names no children is the last event of what it lets out, though that is outside by then. */
function noteEmptyings(context: Context, moments: readonly Moment[], isVisited: (item: string, moment: Moment) => boolean): void {
  for (const { child, parent, from, to } of context.stays) {
    if (to?.namesNoChildren !== true) continue;
    const before = moments.findLast((each) => compare(each, to.at) < 0) as Moment;
    if (compare(from.at, before) <= 0 && isVisited(child, before) && isVisited(parent, before)) noteEvent(context, to, parent, true);
  }
}

function noteEvent({ way, concerns, tombstones }: Context, event: ReferenceEvent, item: string, host: boolean): void {
  const unpacksAll = isPacking(event) && event.action === 'DELETE' && event.namesNoChildren && !event.isDeclaration && event.parent !== undefined && !event.denied.has(event.parent);
  for (const { role, key } of event.items) {
    if (key !== item || (host && !unpacksAll && role === 'parent' && isPacking(event))) continue;
    concerns.add(`${event.position} ${item} ${role}`);
    const [made, held] = way === 'up' ? ['output', 'parent'] : ['input', 'child'];
    const leads = (event.type === 'TransformationEvent' && role === made) || (isPacking(event) && event.action === 'ADD' && role === held);
    if (event.isSuperseded && leads) tombstones.add(`${item} ${way} superseded ${event.position}`);
  }
}
