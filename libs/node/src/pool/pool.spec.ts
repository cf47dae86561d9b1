import { describe, expect, it } from '@jest/globals';
import type { Did } from '#identity';
import type { DecodedEntry, EntryId } from '#ledger';
import { Pool } from './pool.js';

const LIMITS = { entriesMax: 3, bytesMax: 100, entriesPerIssuerMax: 2, bytesPerIssuerMax: 90 };

function entry(id: string, issuer = 'did:web:a.example', size = 10): DecodedEntry {
  return {
    statement: { entryId: id as EntryId, issuer: issuer as Did },
    leafHash: Buffer.from(id),
    size,
  } as unknown as DecodedEntry;
}

describe('Pool', () => {
  it('keeps entries in the order of arrival and counts their bytes', () => {
    const pool = new Pool(LIMITS);
    pool.add(entry('b'));
    pool.add(entry('a'));
    expect(pool.oldest(10).map(({ statement }) => statement.entryId)).toEqual(['b', 'a']);
    expect(pool.bytes).toBe(20);
  });

  it('takes an entry once', () => {
    const pool = new Pool(LIMITS);
    expect(pool.add(entry('a'))).toBeUndefined();
    expect(pool.add(entry('a'))).toBeUndefined();
    expect(pool.size).toBe(1);
  });

  it('refuses what goes over its bounds, and has room again after a removal', () => {
    const pool = new Pool(LIMITS);
    pool.add(entry('a'));
    pool.add(entry('b'));
    expect(pool.add(entry('c'))).toBe('POOL_ISSUER_FULL');
    expect(pool.add(entry('d', 'did:web:b.example'))).toBeUndefined();
    expect(pool.add(entry('e', 'did:web:b.example'))).toBe('POOL_FULL');
    pool.remove('a' as EntryId);
    expect(pool.add(entry('f', 'did:web:b.example', 81))).toBe('POOL_FULL');
    expect(pool.add(entry('e', 'did:web:b.example'))).toBeUndefined();
    expect(pool.bytes).toBe(30);
  });

  it('leaves room for others, however large the entries of one issuer are', () => {
    const pool = new Pool(LIMITS);
    expect(pool.add(entry('a', 'did:web:a.example', 80))).toBeUndefined();
    expect(pool.add(entry('b', 'did:web:a.example', 11))).toBe('POOL_ISSUER_FULL');
    expect(pool.add(entry('c', 'did:web:b.example', 11))).toBeUndefined();
    pool.remove('a' as EntryId);
    expect(pool.add(entry('b', 'did:web:a.example', 80))).toBeUndefined();
  });

  it('finds an entry by the leaf hash of its statement until it is removed', () => {
    const pool = new Pool(LIMITS);
    pool.add(entry('a'));
    expect(pool.withLeafHash('61')?.statement.entryId).toBe('a');
    pool.remove('a' as EntryId);
    expect(pool.withLeafHash('61')).toBeUndefined();
    expect(pool.waitingOf('did:web:a.example' as Did)).toBe(0);
  });
});
