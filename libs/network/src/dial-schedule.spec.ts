import { describe, expect, it } from '@jest/globals';
import { backoffMs, DialSchedule } from './dial-schedule.js';
import { DEFAULT_LIMITS } from './limits.js';

describe('dialling again', () => {
  it.each([
    [0, 0, 0],
    [1, 50, 100],
    [2, 100, 200],
    [5, 800, 1_600],
    [6, 1_500, 3_000],
    [1_000, 1_500, 3_000],
  ])('after %i failures comes within %i to %i ms', (failures, least, most) => {
    expect(backoffMs(failures, DEFAULT_LIMITS, 0)).toBe(least);
    expect(backoffMs(failures, DEFAULT_LIMITS, 1)).toBe(most);
  });

  it('is planned once, however often it is asked for, and goes on until there is a link', async () => {
    let attempts = 0;
    const limits = { ...DEFAULT_LIMITS, reconnectMinMs: 1, reconnectMaxMs: 5 };
    await new Promise<void>((resolve) => {
      const schedule = new DialSchedule(limits, 0, () => {
        attempts++;
        schedule.plan(0);
        if (attempts < 4) return Promise.resolve(false);
        setTimeout(resolve, 30);
        return Promise.resolve(true);
      });
      schedule.plan(0);
      schedule.plan(0);
    });
    expect(attempts).toBe(4);
  });

  it('reports a peer that stays away once per reason', () => {
    const schedule = new DialSchedule(DEFAULT_LIMITS, 0, () => Promise.resolve(false));
    expect(['refused', 'refused', 'timed out', 'timed out'].map((reason) => schedule.isNews(reason))).toEqual([true, false, true, false]);
    schedule.ended(60_000);
    expect(schedule.isNews('timed out')).toBe(true);
  });
});
