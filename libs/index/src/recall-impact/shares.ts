import type { TransformationEdgeDto } from '../trace/trace.types.js';

/** Shares are whole millionths. */
const WHOLE = 1_000_000n;

/** @returns "0" to "1", at most six decimals */
export function shareText(millionths: bigint): string {
  if (millionths >= WHOLE) return '1';
  const fraction = millionths.toString().padStart(6, '0').replace(/0+$/, '');
  return fraction === '' ? '0' : `0.${fraction}`;
}

/** `amount` × share, rounded up. */
export function shareOf(amount: bigint, millionths: bigint): bigint {
  return (amount * millionths + WHOLE - 1n) / WHOLE;
}

/**
 * At most which part of each product comes from the targets: an input is in every output of its transformation pro rata, shares of
 * inputs add up. What several transformations made has the greatest share that one of them gives. Rounded up at every step: more may be
 * looked at than is affected, never less. undefined = not known.
 *
 * @param whole - what is affected as a whole: targets, and serials of lots among them
 * @param edges - those whose input is affected
 * @param memberships - [lot, serial]: a serial has the share of its lot
 */
export function sharesOf(
  whole: ReadonlySet<string>,
  edges: readonly TransformationEdgeDto[],
  memberships: readonly (readonly [lot: string, serial: string])[],
): ReadonlyMap<string, bigint | undefined> {
  const shares = new Map<string, bigint | undefined>([...whole].map((id) => [id, WHOLE]));
  const open = new Map<string, Set<string>>();
  const outgoing = new Map<string, Set<string>>();
  const link = (from: string, to: string): void => {
    if (whole.has(to)) return;
    getOrAdd(open, to).add(from);
    getOrAdd(outgoing, from).add(to);
  };
  for (const { input, output } of edges) link(input, output);
  for (const [lot, serial] of memberships) link(lot, serial);
  const into = groupByOutput(edges);
  const lots = new Map(memberships.map(([lot, serial]) => [serial, lot]));

  // Only what all inputs of are done can be told: what is left over goes round in a circle.
  const done = [...whole];
  for (const id of done) {
    for (const to of outgoing.get(id) ?? []) {
      const waitsFor = open.get(to);
      waitsFor?.delete(id);
      if (waitsFor?.size !== 0) continue;
      const made = greatest([...(into.get(to)?.values() ?? [])].map((inputs) => sumOf(inputs, shares)));
      const lot = lots.get(to);
      shares.set(to, into.has(to) ? made : lot === undefined ? undefined : shares.get(lot));
      done.push(to);
    }
  }
  return shares;
}

/** By output, then by transformation. */
function groupByOutput(edges: readonly TransformationEdgeDto[]): ReadonlyMap<string, ReadonlyMap<string, readonly TransformationEdgeDto[]>> {
  const groups = new Map<string, Map<string, TransformationEdgeDto[]>>();
  for (const edge of edges) {
    const transformations = groups.get(edge.output) ?? new Map<string, TransformationEdgeDto[]>();
    groups.set(edge.output, transformations);
    const key = edge.transformationId ?? edge.events.join();
    const known = transformations.get(key);
    if (known === undefined) transformations.set(key, [edge]);
    else known.push(edge);
  }
  return groups;
}

function sumOf(inputs: readonly TransformationEdgeDto[], shares: ReadonlyMap<string, bigint | undefined>): bigint | undefined {
  let sum = 0n;
  for (const { input, share } of inputs) {
    const ofInput = shares.get(input);
    if (ofInput === undefined || share === null) return undefined;
    sum += shareOf(millionthsOf(share), ofInput);
  }
  return sum > WHOLE ? WHOLE : sum;
}

function greatest(shares: readonly (bigint | undefined)[]): bigint | undefined {
  let most: bigint | undefined = 0n;
  for (const share of shares) most = share === undefined || most === undefined ? undefined : share > most ? share : most;
  return most;
}

/** The trace rounds half up at the sixth decimal; one more covers what it cut off. */
function millionthsOf(share: string): bigint {
  const [whole = '0', fraction = ''] = share.split('.');
  const millionths = BigInt(whole) * WHOLE + BigInt(fraction.padEnd(6, '0'));
  return fraction.length < 6 || millionths >= WHOLE ? millionths : millionths + 1n;
}

function getOrAdd(map: Map<string, Set<string>>, key: string): Set<string> {
  const set = map.get(key) ?? new Set<string>();
  map.set(key, set);
  return set;
}
