import { describe, expect, it } from '@jest/globals';
import { parseContentDigest } from './content-digest.js';
import { parseSignature, parseSignatureInput } from './parse-signature-input.js';
import { signatureBase } from './signature-base.js';

const GOOD =
  'sig1=("@method" "@path" "content-digest");created=1618884473;keyid="k";nonce="0123456789abcdef";alg="ed25519"';

describe('parseSignatureInput', () => {
  it('reads what is covered and the parameters, and keeps the text that was signed', () => {
    expect(parseSignatureInput(GOOD)).toEqual({
      label: 'sig1',
      components: ['@method', '@path', 'content-digest'],
      created: 1618884473,
      expires: undefined,
      nonce: '0123456789abcdef',
      keyId: 'k',
      algorithm: 'ed25519',
      text: GOOD.slice('sig1='.length),
    });
  });

  it.each([
    ['nothing', ''],
    ['two signatures', `${GOOD}, sig2=("@path");created=1`],
    ['a component twice', 'sig1=("@path" "@path");created=1'],
    ['a component with parameters', 'sig1=("@query-param";name="a");created=1'],
    ['a component in capitals', 'sig1=("Accept");created=1'],
    ['a component without quotes', 'sig1=(accept);created=1'],
    ['a parameter twice', 'sig1=("@path");created=1;created=2'],
    ['a parameter that is not known', 'sig1=("@path");created=1;extra="x"'],
    ['a number as text', 'sig1=("@path");created="1"'],
    ['text as a number', 'sig1=("@path");created=1;nonce=5'],
    ['an escape', 'sig1=("@path");created=1;nonce="a\\"b"'],
    ['a list within a list', 'sig1=(("@path"));created=1'],
    ['something behind', `${GOOD} x`],
    ['too much of it', `sig1=(${'"a" '.repeat(2_000)})`],
  ])('does not take %s', (_what, header) => {
    expect(parseSignatureInput(header)).toBeUndefined();
  });
});

describe('parseSignature', () => {
  it('reads the bytes of the label', () => {
    expect(Buffer.from(parseSignature('sig1=:AAEC:', 'sig1') as Uint8Array)).toEqual(Buffer.from([0, 1, 2]));
  });

  it.each(['sig2=:AAEC:', 'sig1=AAEC', 'sig1=:AA EC:', 'sig1=:AAEC:, sig2=:AAEC:', ''])(
    'does not take %j',
    (header) => {
      expect(parseSignature(header, 'sig1')).toBeUndefined();
    },
  );
});

describe('parseContentDigest', () => {
  it('takes the strongest that it knows', () => {
    const header = `sha-256=:${Buffer.alloc(32).toString('base64')}:, sha-512=:${Buffer.alloc(64, 1).toString('base64')}:`;
    expect(parseContentDigest(header)).toMatchObject({ hash: 'sha512', value: Buffer.alloc(64, 1) });
  });

  it.each(['', 'md5=:AAEC:', 'sha-256=AAEC', 'sha-256=:AAEC:, x'])('does not take %j', (header) => {
    expect(parseContentDigest(header)).toBeUndefined();
  });
});

describe('signatureBase', () => {
  const message = {
    method: 'POST',
    scheme: 'https',
    target: '/a%2Fb?x=1',
    headers: { host: 'Lading.Example:443', accept: [' a ', 'b\n  c'] },
  } as const;
  const baseOf = (...components: string[]) => signatureBase(message, { components, text: '()' });

  it('has each component as the request has it, undecoded', () => {
    expect(baseOf('@method', '@authority', '@scheme', '@path', '@query', '@target-uri', 'accept')?.split('\n')).toEqual(
      [
        '"@method": POST',
        '"@authority": lading.example',
        '"@scheme": https',
        '"@path": /a%2Fb',
        '"@query": ?x=1',
        '"@target-uri": https://lading.example/a%2Fb?x=1',
        '"accept": a, b c',
        '"@signature-params": ()',
      ],
    );
  });

  it.each(['@status', '@unknown', 'absent'])('does not exist with %s', (name) => {
    expect(baseOf('@method', name)).toBeUndefined();
  });
});
