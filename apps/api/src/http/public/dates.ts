import type { HistoryEventDto } from '#index';

export interface RecordedDates {
  /** YYYY-MM-DD or an RFC 3339 time, as recorded. */
  readonly expires: string | undefined;
  readonly bestBefore: string | undefined;
}

/** Local names of the CBV's and the GS1 vocabulary's attributes, and the same as attributes of Lading's own acts. */
const EXPIRES: ReadonlySet<string> = new Set(['itemExpirationDate', 'expirationDate']);
const BEST_BEFORE: ReadonlySet<string> = new Set(['bestBeforeDate']);
/** A day, or an instant with its offset. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const DAY_MS = 86_400_000;

/**
 * Until when an item or lot is good, as it was said where it came into being (`attributes` of commissioning, `ilmd` of events). Of
 * several dates the earliest counts. What is disputed, withdrawn or contradicts the ledger says nothing.
 */
export function recordedDates(events: readonly HistoryEventDto[]): RecordedDates {
  const expires: string[] = [];
  const bestBefore: string[] = [];
  for (const event of events) {
    if (event.disputed || event.supersededBy !== null || event.isErrorDeclaration || event.findings.length > 0)
      continue;
    for (const [name, value] of attributesOf(event)) {
      const local = name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('#'), name.lastIndexOf('/')) + 1);
      if (typeof value !== 'string' || !DATE.test(value) || Number.isNaN(Date.parse(value))) continue;
      if (EXPIRES.has(local)) expires.push(value);
      if (BEST_BEFORE.has(local)) bestBefore.push(value);
    }
  }
  return { expires: earliest(expires), bestBefore: earliest(bestBefore) };
}

/** A day has passed when it is over in UTC. */
export function hasPassed(date: string, nowMs: number): boolean {
  return nowMs >= endOf(date);
}

function endOf(date: string): number {
  return Date.parse(date) + (date.length === 'YYYY-MM-DD'.length ? DAY_MS : 0);
}

function earliest(dates: readonly string[]): string | undefined {
  return [...dates].sort((a, b) => endOf(a) - endOf(b))[0];
}

/** Of what came into being; a transformation's `ilmd` is about its outputs only. */
function attributesOf({ kind, roles, json }: HistoryEventDto): readonly (readonly [string, unknown])[] {
  if (!roles.includes('epc') && !roles.includes('output')) return [];
  const { attributes, ilmd } = JSON.parse(json) as { readonly attributes?: unknown; readonly ilmd?: unknown };
  const said = kind === 'epcis.capture' ? ilmd : attributes;
  return typeof said === 'object' && said !== null ? Object.entries(said) : [];
}
