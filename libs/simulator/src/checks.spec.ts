import { describe, expect, it } from '@jest/globals';
import type { Prepare } from '#consensus';
import type { Did } from '#identity';
import type { BlockHash, EntryId } from '#ledger';
import { Checks } from './checks.js';

const A = 'did:web:a.example' as Did;
const B = 'did:web:b.example' as Did;
const X = 'x'.repeat(64) as BlockHash;
const Y = 'y'.repeat(64) as BlockHash;

function prepare(digest: string, round = 0): Prepare {
  return { kind: 'prepare', from: A, height: 5, round, digest, signature: new Uint8Array(64) };
}

describe('Checks', () => {
  it('catch two nodes that finalise different blocks at one height', () => {
    const checks = new Checks();
    checks.blockFinal(A, 1, X);
    checks.blockFinal(B, 1, X);
    expect(() => checks.blockFinal(B, 1, Y)).toThrow('agreement');
  });

  it('catch a second vote for another value, and allow a repeat', () => {
    const checks = new Checks();
    checks.messageSent(prepare(X));
    checks.messageSent(prepare(X));
    checks.messageSent(prepare(Y, 1));
    expect(() => checks.messageSent(prepare(Y))).toThrow('no double vote');
  });

  it('catch a final block and a final entry that a node no longer has', () => {
    const checks = new Checks();
    checks.blockFinal(A, 1, X);
    checks.entryFinal('e' as EntryId, 1);
    expect(() => checks.atTheEnd(A, () => X, () => 1)).not.toThrow();
    expect(() => checks.atTheEnd(A, () => undefined, () => 1)).toThrow('nothing final is lost');
    expect(() => checks.atTheEnd(A, () => X, () => undefined)).toThrow('nothing final is lost');
  });
});
