import type { Api } from '#sdk';

/**
 * How much stands behind a claim.
 * - `stated`: one organisation says so
 * - `confirmed`: the other side has signed, too
 * - `certified`: it names a certificate
 * - `offered`: said to another organisation that has not answered
 * - `disputed`: signed with a key that was not trusted any more
 * - `withdrawn`: its author took it back
 */
export type Grade = 'stated' | 'confirmed' | 'certified' | 'offered' | 'disputed' | 'withdrawn';

export type TimelineEntry =
  | {
      readonly kind: 'event';
      readonly event: Api.HistoryEvent;
      readonly grade: Grade;
      readonly counterparty: string | undefined;
    }
  /** Nobody said anything for a long time. */
  | { readonly kind: 'gap'; readonly ms: number; readonly after: string };

/** Silence that is worth a remark. */
export const GAP_MS = 7 * 86_400_000;

/** An item's events in order of their time, graded, with the gaps between them. */
export function timeline(events: readonly Api.HistoryEvent[]): readonly TimelineEntry[] {
  const answers = new Map<string, Api.HistoryEvent>();
  const offers = new Map<string, Api.HistoryEvent>();
  for (const event of events) {
    if (event.kind === 'transfer.offer') offers.set(event.entryId, event);
    const of = transferOf(event);
    if (of !== undefined) answers.set(of, event);
  }
  const entries: TimelineEntry[] = [];
  let last: number | undefined;
  for (const event of events) {
    const at = Date.parse(event.eventTime);
    if (last !== undefined && at - last >= GAP_MS) entries.push({ kind: 'gap', ms: at - last, after: event.eventTime });
    last = at;
    const offer = offers.get(transferOf(event) ?? '');
    entries.push({
      kind: 'event',
      event,
      grade: gradeOf(event, answers.get(event.entryId)),
      counterparty: event.kind === 'transfer.offer' ? textOf(event.event['to']) : offer?.author,
    });
  }
  return entries;
}

function gradeOf(event: Api.HistoryEvent, answer: Api.HistoryEvent | undefined): Grade {
  if (event.disputed) return 'disputed';
  if (event.supersededBy !== null) return 'withdrawn';
  if (event.kind === 'transfer.accept' || answer?.kind === 'transfer.accept') return 'confirmed';
  if (event.kind === 'transfer.offer' && answer === undefined) return 'offered';
  return event.event['certificationInfo'] === undefined ? 'stated' : 'certified';
}

/** The offer that an answer is to. */
function transferOf({ kind, event }: Api.HistoryEvent): string | undefined {
  return kind.startsWith('transfer.') && kind !== 'transfer.offer' ? textOf(event['transfer']) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
