import { readDateTime } from '../epcis/time.js';

const MS_PER_DAY = 86_400_000;
const DAYS_PER_400_YEARS = 146_097;
/** From 0000-03-01 to 1970-01-01; years that begin in March have their leap day at the end. */
const DAYS_BEFORE_1970 = 719_468;

/**
 * A date and time in UTC with three decimals, `2005-04-04T02:33:31.116Z`; what is finer than a millisecond is rounded half up.
 * Integer arithmetic only.
 *
 * @param text - RFC 3339 date-time with offset
 * @returns undefined when `text` is no such date-time, or falls outside the years 0000 to 9999 in UTC
 */
export function utcMilliseconds(text: string): string | undefined {
  const cut = readDateTime(text);
  if (cut === undefined) return undefined;
  const instant = /\.[0-9]{3}[5-9]/.test(text) ? cut + 1 : cut;
  const day = Math.floor(instant / MS_PER_DAY);
  const rest = instant - day * MS_PER_DAY;
  const date = dateOf(day);
  if (date === undefined) return undefined;
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60];
  return `${date}T${time.map((part) => padded(part, 2)).join(':')}.${padded(rest % 1000, 3)}Z`;
}

/** @param day - days since 1970-01-01 in the proleptic Gregorian calendar */
function dateOf(day: number): string | undefined {
  const shifted = day + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_PER_400_YEARS);
  const dayOfEra = shifted - era * DAYS_PER_400_YEARS;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((dayOfYear * 5 + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((monthFromMarch * 153 + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  if (year < 0 || year > 9999) return undefined;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}`;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
