import type { QueryRunner } from 'typeorm';
import { canonicalId } from '#trace';
import { BEGINNING, compareMoments, END, endOf, intersect, startOf, subtract, type Moment, type Span } from './moments.js';
import { readLevel, type ConcernRow, type Level, type MemberRow, type PartRow, type StayRow, type Visit } from './read-level.js';
import type { TombstoneDto, TombstoneReason, TraceWay } from './trace.types.js';

export interface WalkRequest {
  /** Where it begins: canonical identifiers, each once. */
  readonly items: readonly string[];
  readonly ways: readonly TraceWay[];
  readonly atMs: number | undefined;
  readonly depth: number;
  readonly limit: number;
}

/** All recordings of one transformation: everything that went in and came out. */
export interface Transformation {
  readonly inputs: readonly PartRow[];
  readonly outputs: readonly PartRow[];
}

/** What a trace found: which nodes, by which steps, concerned by which events. */
export interface Walk {
  /** Depth at which each node was reached, by way. */
  readonly nodes: ReadonlyMap<string, Readonly<Partial<Record<TraceWay, number>>>>;
  /** Pairs of item and transformation that were followed, in each way. */
  readonly transformations: ReadonlyMap<string, Transformation>;
  readonly followed: readonly { readonly item: string; readonly way: TraceWay; readonly transformation: string }[];
  readonly stays: readonly StayRow[];
  readonly members: readonly Omit<MemberRow, 'n'>[];
  /** Roles of items by event position. */
  readonly concerns: ReadonlyMap<number, ReadonlyMap<string, ReadonlySet<string>>>;
  readonly tombstones: readonly TombstoneDto[];
}

/** For one node of `limit`, rows that a trace may hold: lots in and out of one transformation, stays, events. */
const ROWS_PER_NODE = 10;
const ROWS_MIN = 2_000;
const EVENTS_MAX = 20_000;

/** A step from a visited node to another. */
interface Step {
  readonly to: string;
  readonly way: TraceWay;
  readonly isHost: boolean;
  readonly span: Span;
}

/**
 * Follows an item level by level, one statement each. The rules (docs/reference/trace.md#rules) speak of an item at a moment; spans stand
 * for all their moments, and a moment of an item is expanded once in each way: so cycles end, and an item that is reached
 * again for another time is followed for that time.
 */
export async function walk(runner: QueryRunner, request: WalkRequest): Promise<Walk> {
  const walker = new Walker(request);
  let steps: readonly Step[] = request.ways.flatMap((way) =>
    request.items.map((to) => ({ to, way, isHost: false, span: firstSpan(way, request.atMs) })),
  );
  for (let depth = 0; depth <= request.depth && steps.length > 0; depth++) {
    const visits = walker.arrive(steps, depth);
    if (visits.length === 0) break;
    steps = walker.expand(visits, await readLevel(runner, visits, walker.bounds), depth);
  }
  return walker;
}

/** Up, only the end of the span counts. */
function firstSpan(way: TraceWay, atMs: number | undefined): Span {
  if (way === 'up') return { from: BEGINNING, to: atMs === undefined ? END : endOf(atMs) };
  return { from: atMs === undefined ? BEGINNING : startOf(atMs), to: END };
}

class Walker implements Walk {
  readonly nodes = new Map<string, Partial<Record<TraceWay, number>>>();
  readonly transformations = new Map<string, { readonly inputs: PartRow[]; readonly outputs: PartRow[] }>();
  readonly concerns = new Map<number, Map<string, Set<string>>>();
  readonly #followed = new Map<string, Walk['followed'][number]>();
  readonly #stays = new Map<string, StayRow>();
  readonly #members = new Map<string, Omit<MemberRow, 'n'>>();
  readonly #tombstones = new Map<string, TombstoneDto>();
  /** Down: spans that were expanded, by whether it was as a host. */
  readonly #spans = new Map<string, Span[]>();
  /** Up: moments whose contents were looked at; and until when events were read. */
  readonly #moments = new Map<string, { readonly seen: Set<string>; last: Moment }>();
  readonly #rowsMax: number;
  #concernsLeft: number;

  constructor(private readonly request: WalkRequest) {
    this.#rowsMax = Math.max(ROWS_MIN, request.limit * ROWS_PER_NODE);
    this.#concernsLeft = Math.min(EVENTS_MAX, this.#rowsMax);
  }

  get bounds(): { rows: number; concerns: number } {
    return { rows: this.#rowsMax, concerns: this.#concernsLeft };
  }
  get followed(): Walk['followed'] {
    return [...this.#followed.values()];
  }
  get stays(): readonly StayRow[] {
    return [...this.#stays.values()];
  }
  get members(): Walk['members'] {
    return [...this.#members.values()];
  }
  get tombstones(): readonly TombstoneDto[] {
    return [...this.#tombstones.values()];
  }

  /** Takes up the targets of steps as nodes. @returns what of them was not visited before */
  arrive(steps: readonly Step[], depth: number): readonly Visit[] {
    const visits: Visit[] = [];
    for (const step of inOrder(steps)) {
      const fresh = this.#notVisited(step);
      if (fresh.length === 0) continue;
      const depths = this.nodes.get(step.to) ?? {};
      depths[step.way] ??= depth;
      this.nodes.set(step.to, depths);
      const isRoot = depth === 0;
      const isClass = isRoot && kindOf(step.to) === 'class';
      for (const { from, to } of fresh) visits.push({ item: step.to, way: step.way, isHost: step.isHost, isRoot, isClass, from, to });
      this.#markVisited(step, fresh);
    }
    return visits;
  }

  /** Takes in what a level's statement found. @returns the steps onwards, none from the last depth */
  expand(visits: readonly Visit[], level: Level, depth: number): readonly Step[] {
    const steps: (readonly [Visit, Step])[] = [];
    this.#noteConcerns(visits, level.concerns);
    this.#noteTransformations(visits, level, steps);
    this.#noteStays(visits, level.stays, steps);
    this.#noteMembers(visits, level.members, steps);
    this.#noteCuts(visits, level);

    const onward: Step[] = [];
    const coming = new Set<string>();
    for (const [visit, step] of steps) {
      if (this.#notVisited(step).length === 0) continue;
      if (depth === this.request.depth) this.#bury(visit, 'depth');
      else if (this.nodes.has(step.to) || coming.has(step.to)) onward.push(step);
      else if (this.nodes.size + coming.size < this.request.limit) {
        coming.add(step.to);
        onward.push(step);
      } else this.#bury(visit, 'limit');
    }
    return onward;
  }

  #noteConcerns(visits: readonly Visit[], concerns: readonly ConcernRow[]): void {
    for (const { n, position, role, isCut } of concerns.slice(0, this.#concernsLeft)) {
      const visit = visits[n] as Visit;
      const items = getOrAdd(this.concerns, position, () => new Map<string, Set<string>>());
      getOrAdd(items, visit.item, () => new Set<string>()).add(role);
      if (isCut) this.#bury(visit, 'superseded', position);
    }
  }

  #noteTransformations(visits: readonly Visit[], { own, parts }: Level, steps: (readonly [Visit, Step])[]): void {
    const fresh = new Map<string, { readonly inputs: PartRow[]; readonly outputs: PartRow[] }>();
    for (const part of parts.slice(0, this.#rowsMax)) {
      const sides = getOrAdd(fresh, part.transformation, () => ({ inputs: [], outputs: [] }));
      sides[part.role === 'input' ? 'inputs' : 'outputs'].push(part);
    }
    for (const [transformation, sides] of fresh) this.transformations.set(transformation, sides);
    for (const { n, transformation } of own.slice(0, this.#rowsMax)) {
      const visit = visits[n] as Visit;
      const { item, way } = visit;
      this.#followed.set(`${way} ${transformation} ${item}`, { item, way, transformation });
      const sides = this.transformations.get(transformation);
      for (const { item: to, ms, position } of (way === 'up' ? sides?.inputs : sides?.outputs) ?? []) {
        const span = way === 'up' ? { from: BEGINNING, to: { ms, position } } : { from: startOf(ms), to: END };
        steps.push([visit, { to, way, isHost: false, span }]);
      }
    }
  }

  #noteStays(visits: readonly Visit[], stays: readonly StayRow[], steps: (readonly [Visit, Step])[]): void {
    for (const stay of stays.slice(0, this.#rowsMax)) {
      const visit = visits[stay.n] as Visit;
      this.#stays.set(`${stay.kind} ${stay.fromPosition} ${stay.child} ${stay.parent}`, stay);
      if (visit.way === 'up') {
        steps.push([visit, { to: stay.child, way: 'up', isHost: false, span: { from: BEGINNING, to: visit.to } }]);
        continue;
      }
      const span = intersect(visit, spanOf(stay));
      if (span !== undefined) steps.push([visit, { to: stay.parent, way: 'down', isHost: true, span }]);
    }
  }

  #noteMembers(visits: readonly Visit[], members: readonly MemberRow[], steps: (readonly [Visit, Step])[]): void {
    for (const { n, member, of } of members.slice(0, this.#rowsMax)) {
      const visit = visits[n] as Visit;
      this.#members.set(`${member} ${of}`, { member, of });
      steps.push([visit, { to: visit.item === member ? of : member, way: visit.way, isHost: false, span: visit }]);
    }
  }

  /** More rows than were asked for: what comes behind them is missing. */
  #noteCuts(visits: readonly Visit[], level: Level): void {
    const bounded: readonly (readonly [readonly { readonly n: number }[], number])[] = [
      [level.own, this.#rowsMax],
      [level.stays, this.#rowsMax],
      [level.members, this.#rowsMax],
      [level.concerns, this.#concernsLeft],
    ];
    for (const [rows, max] of bounded) {
      const first = rows[max];
      if (first !== undefined) for (const visit of visits.slice(first.n)) this.#bury(visit, 'limit');
    }
    const cutPart = level.parts[this.#rowsMax];
    if (cutPart !== undefined) {
      for (const { n, transformation } of level.own) if (transformation >= cutPart.transformation) this.#bury(visits[n] as Visit, 'limit');
    }
    this.#concernsLeft = Math.max(0, this.#concernsLeft - level.concerns.length);
  }

  #bury({ item, way }: Visit, reason: TombstoneReason, event: number | null = null): void {
    this.#tombstones.set(`${way} ${reason} ${event} ${item}`, { item, direction: way, reason, event });
  }

  #notVisited({ to, way, isHost, span }: Step): readonly Span[] {
    if (way === 'down') {
      const own = this.#spans.get(`own ${to}`) ?? [];
      return subtract(span, isHost ? [...own, ...(this.#spans.get(`host ${to}`) ?? [])] : own);
    }
    const known = this.#moments.get(to);
    if (known === undefined) return [span];
    if (known.seen.has(momentText(span.to))) return [];
    return [{ from: known.last, to: span.to }];
  }

  #markVisited({ to, way, isHost, span }: Step, fresh: readonly Span[]): void {
    if (way === 'down') {
      getOrAdd(this.#spans, `${isHost ? 'host' : 'own'} ${to}`, () => []).push(...fresh);
      return;
    }
    const known = getOrAdd(this.#moments, to, () => ({ seen: new Set<string>(), last: BEGINNING }));
    known.seen.add(momentText(span.to));
    if (compareMoments(known.last, span.to) < 0) known.last = span.to;
  }
}

/** Up: earlier moments first, so that each reads on from where the one before ended. Own before hosted, which it includes. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => Number(a.isHost) - Number(b.isHost) || compareMoments(a.span.to, b.span.to));
}

function spanOf(stay: StayRow): Span {
  return {
    from: { ms: stay.fromMs, position: stay.fromPosition },
    to: stay.toMs === null ? END : { ms: stay.toMs, position: stay.toPosition ?? 0 },
  };
}

function momentText({ ms, position }: Moment): string {
  return `${ms} ${position}`;
}

export function kindOf(key: string): 'instance' | 'lot' | 'class' | 'other' {
  const id = canonicalId(key);
  return id.ok ? id.value.kind : 'other';
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
