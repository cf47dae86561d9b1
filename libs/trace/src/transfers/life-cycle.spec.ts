import { describe, expect, it } from '@jest/globals';
import { TRANSFER_LIFE_CYCLE, TRANSFER_STATES, transferStateAt, type TransferState } from './life-cycle.js';

describe('the life cycle of a transfer', () => {
  it('reaches every state from an offer, and ends in every other state', () => {
    const reached = new Set<TransferState>(['offered']);
    for (const state of reached) for (const next of Object.values(TRANSFER_LIFE_CYCLE[state])) reached.add(next);
    expect([...reached].sort()).toEqual([...TRANSFER_STATES].sort());
    for (const state of TRANSFER_STATES) if (state !== 'offered') expect(TRANSFER_LIFE_CYCLE[state]).toEqual({});
  });

  it('lets only an unanswered offer expire, after its last height', () => {
    expect(transferStateAt({ state: 'offered', expiresAfterHeight: 5 }, 5)).toBe('offered');
    expect(transferStateAt({ state: 'offered', expiresAfterHeight: 5 }, 6)).toBe('expired');
    expect(transferStateAt({ state: 'accepted', expiresAfterHeight: 5 }, 6)).toBe('accepted');
  });
});
