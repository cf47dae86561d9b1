import { describe, expect, it } from '@jest/globals';
import type { Api } from '#sdk';
import { checkItem } from './check-item.js';

const MINE = 'did:web:maker.example';
const OTHER = 'did:web:carrier.example';
const item = (changed: Partial<Api.Item>): Api.Item => ({
  id: 'urn:x:1',
  owner: MINE,
  custodian: MINE,
  container: null,
  lot: null,
  product: null,
  quantity: null,
  status: 'active',
  openTransfer: null,
  openTransfers: { ownership: null, custody: null },
  openRecalls: [],
  findings: [],
  history: { count: 1, digest: '' },
  asOf: { height: 1 },
  ...changed,
});

describe('whether an item can be offered', () => {
  it('depends on who owns and who holds it, by what changes hands', () => {
    const held = item({ custodian: OTHER });
    expect(checkItem(held, 'ownership', MINE)).toEqual({ kind: 'ready' });
    expect(checkItem(held, 'custody', MINE)).toEqual({ kind: 'notCustodian', organization: OTHER });
    expect(checkItem(item({ owner: OTHER }), 'both', MINE)).toEqual({ kind: 'notOwner', organization: OTHER });
    expect(checkItem(item({ owner: OTHER }), 'custody', MINE)).toEqual({ kind: 'ready' });
  });

  it('not while it is inside another, used up, unknown, or offered in the same role', () => {
    expect(checkItem(item({ container: 'urn:x:2' }), 'both', MINE).kind).toBe('inContainer');
    expect(checkItem(item({ status: 'destroyed' }), 'both', MINE).kind).toBe('notActive');
    expect(checkItem(null, 'both', MINE).kind).toBe('unknown');
    const offered = item({ openTransfers: { ownership: 'x', custody: null } });
    expect(checkItem(offered, 'ownership', MINE).kind).toBe('offered');
    expect(checkItem(offered, 'custody', MINE).kind).toBe('ready');
  });
});
