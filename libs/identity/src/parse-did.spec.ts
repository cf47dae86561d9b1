import { describe, expect, it } from '@jest/globals';
import { parseDid } from './parse-did.js';

describe('parseDid', () => {
  it.each([
    'did:web:maker.example',
    'did:web:maker.example%3A8443:org',
    'did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp',
    'did:example:a::b',
    'did:example::a',
    'did:0:_.-',
    `did:web:${'a'.repeat(247)}`,
  ])('accepts %s', (text) => {
    expect(parseDid(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    '',
    'did',
    'did:web',
    'did:web:',
    'did::x',
    'did:web:x:',
    'DID:web:x',
    'did:Web:x',
    'did:web:x y',
    'did:web:x/path',
    'did:web:x#key',
    'did:web:x?q',
    'did:web:%4',
    'did:web:%zz',
    'did:web:ü',
    'did:web:x\n',
    ' did:web:x',
  ])('refuses "%s"', (text) => {
    expect(parseDid(text)).toMatchObject({ ok: false, code: 'IDENTITY_DID_SYNTAX' });
  });

  it('refuses 256 characters, at once', () => {
    expect(parseDid(`did:web:${'a'.repeat(248)}`)).toMatchObject({ code: 'IDENTITY_DID_TOO_LONG' });
    expect(parseDid(`did:web:${'a:'.repeat(500_000)}`)).toMatchObject({ code: 'IDENTITY_DID_TOO_LONG' });
  });
});
