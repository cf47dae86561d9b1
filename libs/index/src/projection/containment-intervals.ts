import { readQuantity } from './decimal.js';

/** One event that put a child into a parent, or took it out. */
export interface PackingChange {
  readonly child: string;
  readonly parent: string;
  readonly time: Date;
  readonly position: number;
  readonly isAdded: boolean;
  /** Named by class or lot and quantity, not as one thing: it can be in several parents at once. */
  readonly byQuantity: boolean;
  /** Decimal text as written. */
  readonly quantity: string | null;
  readonly uom: string | null;
}

export interface ContainmentInterval {
  readonly child: string;
  readonly parent: string;
  readonly fromTime: Date;
  readonly fromPosition: number;
  readonly toTime: Date | null;
  readonly toPosition: number | null;
}

/** A stay that has not ended yet. */
interface Stay {
  readonly start: PackingChange;
  /** Of a lot: how much is inside, in billionths; undefined when the events do not tell. */
  remaining: bigint | undefined;
}

/**
 * When a child was in which parent, from all the changes that concern it. Events count in the order of what they say about time
 * (late reports are normal), equal times in chain order, so the same events give the same intervals in whatever batches they came.
 *
 * One thing is in one place: packing it elsewhere ends the stay before, though nobody reported the unpacking. A lot can be in several;
 * it stays until as much was taken out as was put in, or until a removal that does not say how much.
 */
export function containmentIntervals(changes: readonly PackingChange[]): readonly ContainmentInterval[] {
  const ordered = [...changes].sort((a, b) => a.time.getTime() - b.time.getTime() || a.position - b.position);
  const intervals: ContainmentInterval[] = [];
  const stays = new Map<string, Stay>();
  const end = ({ start }: Stay, by: PackingChange | undefined): void => {
    stays.delete(start.parent);
    intervals.push({
      child: start.child,
      parent: start.parent,
      fromTime: start.time,
      fromPosition: start.position,
      toTime: by?.time ?? null,
      toPosition: by?.position ?? null,
    });
  };

  for (const change of ordered) {
    const stay = stays.get(change.parent);
    if (change.isAdded) {
      if (!change.byQuantity) for (const other of [...stays.values()]) if (other !== stay) end(other, change);
      if (stay === undefined) stays.set(change.parent, { start: change, remaining: amountOf(change) });
      else stay.remaining = sum(stay, change, 1n);
    } else if (stay !== undefined) {
      stay.remaining = sum(stay, change, -1n);
      if (stay.remaining === undefined || stay.remaining <= 0n) end(stay, change);
    }
  }
  for (const stay of [...stays.values()]) end(stay, undefined);
  return intervals;
}

function sum({ start, remaining }: Stay, change: PackingChange, sign: bigint): bigint | undefined {
  const amount = amountOf(change);
  if (remaining === undefined || amount === undefined || start.uom !== change.uom) return undefined;
  return remaining + sign * amount;
}

function amountOf({ byQuantity, quantity }: PackingChange): bigint | undefined {
  return byQuantity && quantity !== null ? readQuantity(quantity) : undefined;
}
