/** Fields of the standard's QuerySchedule with their ranges, finest first (EPCIS 2.0 section 8.2.5.3). */
const FIELDS = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  /** 1 is Monday. */
  dayOfWeek: [1, 7],
} as const;

export type ScheduleField = keyof typeof FIELDS;
export const SCHEDULE_FIELDS = Object.keys(FIELDS) as readonly ScheduleField[];
/** The fields as their author wrote them. */
export type ScheduleText = Readonly<Partial<Record<ScheduleField, string>>>;

/** When a query is to be run: at each second (UTC) that is in all of its fields. */
export type Schedule = Readonly<Record<ScheduleField, readonly number[]>>;

export type ReadScheduleResult =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly field: ScheduleField | undefined; readonly detail: string };

const FIELD_LENGTH_MAX = 200;
const DAY_MS = 86_400_000;
/** The 29th of February falls on each day of the week within 40 years, also across a century without a leap day. */
const DAYS_AHEAD_MAX = 40 * 366;

/**
 * Reads a schedule: numbers and ranges `[a-b]` parted by commas, as the standard has them, and of cron `*` and `a/b` (every b from a on).
 * A field that is left out holds every value when a finer one is given, and the first when none is: `{ "hour": "1", "minute": "5" }` is 1.05
 * am once a day, as the OpenAPI file says.
 */
export function readSchedule(text: ScheduleText): ReadScheduleResult {
  const given = SCHEDULE_FIELDS.filter((field) => text[field] !== undefined);
  const finest = given[0];
  if (finest === undefined)
    return { ok: false, field: undefined, detail: `A schedule has at least one of ${SCHEDULE_FIELDS.join(', ')}.` };
  const values: [ScheduleField, readonly number[]][] = [];
  for (const field of SCHEDULE_FIELDS) {
    const [first, last] = FIELDS[field];
    const read = text[field] === undefined ? defaultOf(field, finest) : readField(text[field], first, last);
    if (read === undefined)
      return {
        ok: false,
        field,
        detail: `${field} is a list of numbers and ranges from ${first} to ${last}, for instance "${first},[${first + 2}-${first + 4}]".`,
      };
    values.push([field, read]);
  }
  const schedule = Object.fromEntries(values) as Schedule;
  if (nextRun(schedule, new Date(0)) === undefined)
    return { ok: false, field: undefined, detail: 'No date is ever in this schedule.' };
  return { ok: true, schedule };
}

/** The first time after `after` that is in the schedule; undefined when there is none. */
export function nextRun(schedule: Schedule, after: Date): Date | undefined {
  const from = Math.floor(after.getTime() / 1_000) * 1_000 + 1_000;
  const firstDay = Math.floor(from / DAY_MS) * DAY_MS;
  for (let days = 0; days <= DAYS_AHEAD_MAX; days++) {
    const day = firstDay + days * DAY_MS;
    if (!isInDay(schedule, new Date(day))) continue;
    const time = firstTimeOfDay(schedule, Math.max(0, from - day));
    if (time !== undefined) return new Date(day + time);
  }
  return undefined;
}

function isInDay({ dayOfMonth, month, dayOfWeek }: Schedule, day: Date): boolean {
  return (
    dayOfMonth.includes(day.getUTCDate()) &&
    month.includes(day.getUTCMonth() + 1) &&
    dayOfWeek.includes(day.getUTCDay() === 0 ? 7 : day.getUTCDay())
  );
}

/** In milliseconds after midnight. */
function firstTimeOfDay({ hour, minute, second }: Schedule, notBefore: number): number | undefined {
  for (const h of hour) {
    if ((h + 1) * 3_600_000 <= notBefore) continue;
    for (const m of minute) {
      const start = h * 3_600_000 + m * 60_000;
      if (start + 60_000 <= notBefore) continue;
      for (const s of second) if (start + s * 1_000 >= notBefore) return start + s * 1_000;
    }
  }
  return undefined;
}

function defaultOf(field: ScheduleField, finest: ScheduleField): readonly number[] {
  const [first, last] = FIELDS[field];
  const isTimeOfDay = field === 'second' || field === 'minute' || field === 'hour';
  return isTimeOfDay && SCHEDULE_FIELDS.indexOf(field) < SCHEDULE_FIELDS.indexOf(finest)
    ? [first]
    : numbers(first, last, 1);
}

/** @returns in ascending order, undefined when it is not as it should be */
function readField(text: string, first: number, last: number): readonly number[] | undefined {
  if (text.length > FIELD_LENGTH_MAX) return undefined;
  const values = new Set<number>();
  for (const element of text.split(',')) {
    const [, single, from, to, start, step] =
      /^(?:(\d{1,2}|\*)|\[(\d{1,2})-(\d{1,2})\]|(\d{1,2}|\*)\/(\d{1,2}))$/.exec(element.trim()) ?? [];
    const low = Number(single === '*' || start === '*' ? first : (single ?? from ?? start));
    const high = single === undefined ? Number(to ?? last) : single === '*' ? last : low;
    const by = Number(step ?? 1);
    // Not a number where the element was none of the three.
    if (!(low >= first && high <= last && low <= high && by >= 1)) return undefined;
    for (const value of numbers(low, high, by)) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function numbers(first: number, last: number, by: number): number[] {
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, i) => first + i * by);
}
