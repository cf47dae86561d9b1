import { readQuantity } from '../projection/decimal.js';
import { INPUT_SHARE_DIGITS, ratioText, sumText } from './exact-sums.js';
import type { PartRow, StayRow } from './read-level.js';
import type { TombstoneDto, TraceEdgeDto, TraceQuantityDto } from './trace.types.js';
import type { Transformation, Walk } from './walk.js';

/** A transformation of a thousand inputs and a thousand outputs has a million edges. */
const EDGES_MAX = 50_000;

/** The edges between nodes of the walk, in a fixed order, and where they became too many. */
export function edgesOf(walk: Walk): { readonly edges: readonly TraceEdgeDto[]; readonly cut: readonly TombstoneDto[] } {
  const edges: TraceEdgeDto[] = [];
  for (const stay of walk.stays) if (walk.nodes.has(stay.child) && walk.nodes.has(stay.parent)) edges.push(stayEdge(stay));
  const cut = addTransformationEdges(walk, edges);
  return { edges, cut };
}

function stayEdge({ kind, child, parent, fromMs, fromPosition, toMs, toPosition }: StayRow): TraceEdgeDto {
  return {
    kind,
    child,
    parent,
    from: { time: timeText(fromMs), event: fromPosition },
    to: toMs === null || toPosition === null ? null : { time: timeText(toMs), event: toPosition },
  };
}

export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

function addTransformationEdges(walk: Walk, edges: TraceEdgeDto[]): readonly TombstoneDto[] {
  const cut: TombstoneDto[] = [];
  const known = new Set<string>();
  const sides = new Map<string, Sides>();
  for (const { item, way, transformation } of walk.followed) {
    const found = walk.transformations.get(transformation);
    if (found === undefined) continue;
    const side = sides.get(transformation) ?? sidesOf(found);
    sides.set(transformation, side);
    for (const other of (way === 'up' ? side.inputs : side.outputs).keys()) {
      const [input, output] = way === 'up' ? [other, item] : [item, other];
      const key = `${transformation} ${input} ${output}`;
      if (known.has(key) || !walk.nodes.has(other)) continue;
      if (edges.length >= EDGES_MAX) {
        cut.push({ item, direction: way, reason: 'limit', event: null });
        break;
      }
      known.add(key);
      edges.push(transformationEdge(transformation, side, input, output));
    }
  }
  return cut;
}

/** The parts of a transformation by item; shares of the inputs where they have one unit. */
interface Sides {
  readonly inputs: ReadonlyMap<string, readonly PartRow[]>;
  readonly outputs: ReadonlyMap<string, readonly PartRow[]>;
  /** Sum of all inputs in billionths, undefined where they cannot be added. */
  readonly total: bigint | undefined;
}

function sidesOf({ inputs, outputs }: Transformation): Sides {
  return { inputs: byItem(inputs), outputs: byItem(outputs), total: amountOf(inputs) };
}

function byItem(parts: readonly PartRow[]): ReadonlyMap<string, readonly PartRow[]> {
  const items = new Map<string, PartRow[]>();
  for (const part of parts) {
    const list = items.get(part.item);
    if (list === undefined) items.set(part.item, [part]);
    else list.push(part);
  }
  return items;
}

/** Billionths of the one unit that all are in; undefined when they are in several, or one does not say how much. */
function amountOf(parts: readonly PartRow[]): bigint | undefined {
  let sum = 0n;
  for (const { quantity, uom } of parts) {
    const amount = quantity === null ? undefined : readQuantity(quantity);
    if (amount === undefined || uom !== parts[0]?.uom) return undefined;
    sum += amount;
  }
  return sum;
}

function transformationEdge(transformation: string, { inputs, outputs, total }: Sides, input: string, output: string): TraceEdgeDto {
  const wentIn = inputs.get(input) ?? [];
  const cameOut = outputs.get(output) ?? [];
  const amount = amountOf(wentIn);
  const space = transformation.indexOf(' ');
  return {
    kind: 'transformation',
    input,
    output,
    transformationId: space < 0 ? null : transformation.slice(space + 1),
    inputQuantity: quantityOf(wentIn),
    outputQuantity: quantityOf(cameOut),
    share: amount === undefined || total === undefined || total === 0n ? null : ratioText(amount, total, INPUT_SHARE_DIGITS),
    events: [...new Set([...wentIn, ...cameOut].map((part) => part.position))].sort((a, b) => a - b),
  };
}

function quantityOf(parts: readonly PartRow[]): TraceQuantityDto | null {
  const [first] = parts;
  if (first === undefined || first.quantity === null) return null;
  if (parts.length === 1) return { value: first.quantity, uom: first.uom };
  const sum = amountOf(parts);
  return sum === undefined ? null : { value: sumText(sum), uom: first.uom };
}
