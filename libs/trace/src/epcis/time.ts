import type { UnixMs } from '#identity';

/** RFC 3339 date-time: offset required, fraction of any sensible length, a leap second allowed. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/**
 * Milliseconds since 1970-01-01T00:00:00Z, fractions beyond the millisecond cut off. Own integer arithmetic in the
 * proleptic Gregorian calendar: what a time means must not depend on a library's version.
 *
 * @returns undefined when `text` is not an RFC 3339 date-time with offset
 */
export function readDateTime(text: string): UnixMs | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const offsetHour = Number(match[9] ?? 0);
  const offsetMinute = Number(match[10] ?? 0);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return undefined;

  const offsetMinutes = (offsetHour * 60 + offsetMinute) * (match[8] === '-' ? -1 : 1);
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes;
  const milliseconds = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  return (minutes * 60 + second) * 1000 + milliseconds;
}

function daysSince1970(year: number, month: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const leapDayThisYear = month > 2 && isLeapYear(year) ? 1 : 0;
  const daysSinceYear1 = before * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] as number) + leapDayThisYear + day - 1;
  return daysSinceYear1 - 719_162;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
