import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextRun, readSchedule, SCHEDULE_FIELDS, type ScheduleText } from './schedule.js';

function next(text: ScheduleText, after: string): string | undefined {
  const read = readSchedule(text);
  if (!read.ok) throw new Error(read.detail);
  return nextRun(read.schedule, new Date(after))?.toISOString();
}

describe('a schedule', () => {
  it.each<[string, ScheduleText, string, string]>([
    ['1.05 am, once a day', { hour: '1', minute: '5' }, '2026-01-01T01:05:00Z', '2026-01-02T01:05:00.000Z'],
    ['1.05 am, today', { hour: '1', minute: '5' }, '2026-01-01T01:04:59.999Z', '2026-01-01T01:05:00.000Z'],
    ['each half minute, as cron says it', { second: '0/30' }, '2026-01-01T23:59:30Z', '2026-01-02T00:00:00.000Z'],
    ['a range', { second: '0', minute: '0', hour: '[9-17]' }, '2026-01-01T17:00:00Z', '2026-01-02T09:00:00.000Z'],
    ['a list of numbers and ranges', { minute: '5,[20-22],59' }, '2026-01-01T10:22:00Z', '2026-01-01T10:59:00.000Z'],
    ['on Sundays', { dayOfWeek: '7' }, '2026-01-01T00:00:00Z', '2026-01-04T00:00:00.000Z'],
    [
      'on the last day of the year',
      { dayOfMonth: '31', month: '12' },
      '2026-12-31T00:00:00Z',
      '2027-12-31T00:00:00.000Z',
    ],
    [
      'on a leap day that is a Monday',
      { dayOfMonth: '29', month: '2', dayOfWeek: '1' },
      '2026-01-01T00:00:00Z',
      '2044-02-29T00:00:00.000Z',
    ],
    ['every second', { second: '*' }, '2026-01-01T00:00:00.500Z', '2026-01-01T00:00:01.000Z'],
    [
      'every minute of an hour, on the second',
      { second: '0', hour: '3' },
      '2026-01-01T03:00:00Z',
      '2026-01-01T03:01:00.000Z',
    ],
  ])('%s', (_what, text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it.each<[ScheduleText, string | undefined]>([
    [{}, undefined],
    [{ second: '60' }, 'second'],
    [{ minute: '' }, 'minute'],
    [{ hour: '[5-3]' }, 'hour'],
    [{ hour: '5-7' }, 'hour'],
    [{ dayOfMonth: '0' }, 'dayOfMonth'],
    [{ month: '0/0' }, 'month'],
    [{ dayOfWeek: '8' }, 'dayOfWeek'],
    [{ second: `${'1,'.repeat(200)}1` }, 'second'],
    [{ dayOfMonth: '31', month: '2,4' }, undefined],
  ])('%j is refused, with the field %s', (text, field) => {
    expect(readSchedule(text)).toMatchObject({ ok: false, field });
  });

  it('is next at the first second that is in all of its fields', () => {
    const number = (min: number, max: number) =>
      fc.option(fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }), { nil: undefined });
    const fields = fc.record({ second: number(0, 59), minute: number(0, 59), hour: number(0, 23) });
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 2 * 86_400 }), (numbers, start) => {
        const text = Object.fromEntries(
          Object.entries(numbers).flatMap(([name, values]) => (values === undefined ? [] : [[name, values.join(',')]])),
        );
        const read = readSchedule(text);
        if (!read.ok) return expect(Object.keys(text)).toEqual([]);
        const finest = SCHEDULE_FIELDS.findIndex((name) => name in text);
        const isIn = (at: Date): boolean =>
          [at.getUTCSeconds(), at.getUTCMinutes(), at.getUTCHours()].every((value, i) => {
            const given = numbers[SCHEDULE_FIELDS[i] as 'second'];
            return given === undefined ? i > finest || value === 0 : given.includes(value);
          });
        let expected = start + 1;
        while (!isIn(new Date(expected * 1_000))) expected++;
        expect(nextRun(read.schedule, new Date(start * 1_000 + 400))?.getTime()).toBe(expected * 1_000);
      }),
      { numRuns: 60 },
    );
  });
});
