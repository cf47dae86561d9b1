import { describe, expect, it } from '@jest/globals';
import { checkGtin } from './check-gtin.js';

describe('a GTIN while it is typed', () => {
  it('is right with its check digit, in each of the four lengths, and recorded with 14 digits', () => {
    expect(checkGtin('09521001000017')).toEqual({ kind: 'right', gtin: '09521001000017', length: 14 });
    expect(checkGtin('9521001000017')).toEqual({ kind: 'right', gtin: '09521001000017', length: 13 });
    expect(checkGtin('614141000036')).toEqual({ kind: 'right', gtin: '00614141000036', length: 12 });
    expect(checkGtin('96385074')).toEqual({ kind: 'right', gtin: '00000096385074', length: 8 });
  });

  it('does not mind spaces and hyphens', () => {
    expect(checkGtin(' 9-521001-00001-7 ')).toMatchObject({ kind: 'right' });
  });

  it('with a wrong check digit says the right one', () => {
    expect(checkGtin('9521001000018')).toEqual({ kind: 'wrong', digit: '7', corrected: '9521001000017' });
  });

  it('that lacks only its check digit is completed', () => {
    expect(checkGtin('0952100100001')).toMatchObject({ kind: 'wrong' });
    expect(checkGtin('9638507')).toEqual({ kind: 'short', digits: 7, next: 8, completed: '96385074' });
    expect(checkGtin('9521')).toEqual({ kind: 'short', digits: 4, next: 8, completed: undefined });
  });

  it('too long, with letters, or empty is said to be so', () => {
    expect(checkGtin('123456789012345')).toEqual({ kind: 'long', digits: 15 });
    expect(checkGtin('95210010000O7')).toEqual({ kind: 'notDigits' });
    expect(checkGtin(' ')).toEqual({ kind: 'empty' });
  });
});
