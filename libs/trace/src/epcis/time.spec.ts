import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDateTime } from './time.js';

describe('readDateTime', () => {
  it('agrees with the platform on every time that both can read', () => {
    const times = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, (time) => expect(readDateTime(time.toISOString())).toBe(time.getTime())),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['2005-04-03T20:33:31.116000-06:00', Date.UTC(2005, 3, 4, 2, 33, 31, 116)],
    ['2005-07-11T11:30:47.0Z', Date.UTC(2005, 6, 11, 11, 30, 47)],
    ['2021-05-27t10:00:00z', Date.UTC(2021, 4, 27, 10)],
    ['2020-02-29T00:00:00+14:00', Date.UTC(2020, 1, 28, 10)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['1969-12-31T23:59:59.999Z', -1],
  ])('reads %s', (text, ms) => {
    expect(readDateTime(text)).toBe(ms);
  });

  it.each([
    '2021-05-27T10:00:00',
    '2021-05-27',
    '2021-13-01T00:00:00Z',
    '2021-02-29T00:00:00Z',
    '2021-04-31T00:00:00Z',
    '2021-01-01T24:00:00Z',
    '2021-01-01 00:00:00Z',
    '2021-01-01T00:00:00+0100',
    '',
    '99999-01-01T00:00:00Z',
  ])('refuses %j', (text) => {
    expect(readDateTime(text)).toBeUndefined();
  });
});
