import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHex, utf8Encode } from '#codec';
import { keyIdOf, portableVerifier } from '#identity';
import { createKeystore, describeKeystore, openKeystore, type KeyDescription } from './keystore.js';
import { sodiumSigner } from './sodium.js';

const FAST = { scryptN: 2 ** 14 };
const PASSPHRASE = 'correct horse – バッテリー';

describe('A keystore', () => {
  let folder: string;
  let path: string;
  let created: KeyDescription;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lading-keystore-'));
    path = join(folder, 'sign.key');
    const result = await createKeystore(path, 'sign', PASSPHRASE, FAST);
    if (!result.ok) throw new Error(result.code);
    created = result.value;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** Writes a changed copy of the file and opens it. */
  const openChanged = (change: (text: string) => string, mode = 0o600) => {
    const copy = join(folder, 'changed.key');
    writeFileSync(copy, change(readFileSync(path, 'utf8')), { mode });
    chmodSync(copy, mode);
    return openKeystore(copy, PASSPHRASE);
  };

  it('gives the key back that signs for the public key it shows', async () => {
    const opened = await openKeystore(path, PASSPHRASE);
    if (!opened.ok) throw new Error(opened.code);
    const { publicKey, keyId, purpose } = opened.value;
    expect({ publicKey, keyId, purpose }).toEqual(created);
    expect(keyId).toBe(keyIdOf(publicKey));
    const message = utf8Encode('a statement');
    expect(portableVerifier.verify(opened.value.sign(message), message, publicKey)).toBe(true);
    expect(sodiumSigner(opened.value.exportSeed()).publicKey).toEqual(publicKey);
  });

  it('shows its public part without the passphrase', () => {
    expect(describeKeystore(path)).toEqual({ ok: true, value: created });
  });

  it('does not open with another passphrase', async () => {
    expect(await openKeystore(path, `${PASSPHRASE} `)).toMatchObject({ ok: false, code: 'KEYSTORE_WRONG_PASSPHRASE' });
    expect(await openKeystore(path, '')).toMatchObject({ ok: false, code: 'KEYSTORE_WRONG_PASSPHRASE' });
  });

  it('is readable by its owner alone, holds no secret in the clear and leaves nothing else behind', async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const opened = await openKeystore(path, PASSPHRASE);
    expect(readFileSync(path, 'utf8')).not.toContain(opened.ok && toHex(opened.value.exportSeed()));
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('prints no secret', async () => {
    const opened = await openKeystore(path, PASSPHRASE);
    if (!opened.ok) throw new Error(opened.code);
    const seed = opened.value.exportSeed();
    expect(JSON.stringify(opened)).not.toContain(JSON.stringify([...seed]).slice(1, -1));
    expect(Object.keys(opened.value).sort()).toEqual(['exportSeed', 'keyId', 'publicKey', 'purpose', 'sign']);
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused when its mode is %o', async (mode) => {
    expect(await openChanged((text) => text, mode)).toMatchObject({ code: 'KEYSTORE_PERMISSIONS' });
  });

  it.each<[string, (text: string) => string, string]>([
    ['another purpose', (text) => text.replace('"sign"', '"node"'), 'KEYSTORE_WRONG_PASSPHRASE'],
    [
      'another salt',
      (text) => text.replace(/"salt":"../, (start) => `${start.slice(0, -2)}${start.endsWith('00') ? '01' : '00'}`),
      'KEYSTORE_WRONG_PASSPHRASE',
    ],
    ['a space in the header', (text) => text.replace('{', '{ '), 'KEYSTORE_WRONG_PASSPHRASE'],
    [
      'another ciphertext',
      (text) => text.replace(/.\n$/, (end) => (end === '0\n' ? '1\n' : '0\n')),
      'KEYSTORE_WRONG_PASSPHRASE',
    ],
    ['the key id of another key', (text) => text.replace(/"keyId":"../, '"keyId":"zz'), 'KEYSTORE_MALFORMED'],
    ['a shorter ciphertext', (text) => text.replace(/..\n$/, '\n'), 'KEYSTORE_MALFORMED'],
    ['another format', (text) => text.replace('lading-keystore-1', 'lading-keystore-2'), 'KEYSTORE_MALFORMED'],
    ['a duplicate key', (text) => text.replace('{', '{"iv":"",'), 'KEYSTORE_MALFORMED'],
    ['one line only', (text) => text.slice(0, text.indexOf('\n')), 'KEYSTORE_MALFORMED'],
    ['nothing in it', () => '', 'KEYSTORE_MALFORMED'],
    ['a megabyte behind it', (text) => text + ' '.repeat(1_000_000), 'KEYSTORE_MALFORMED'],
    ['scrypt N of 2^13', (text) => text.replace('"N":16384', '"N":8192'), 'KEYSTORE_KDF_OUT_OF_RANGE'],
    ['scrypt N of 2^21', (text) => text.replace('"N":16384', '"N":2097152'), 'KEYSTORE_KDF_OUT_OF_RANGE'],
    ['scrypt N that is no power of two', (text) => text.replace('"N":16384', '"N":16385'), 'KEYSTORE_KDF_OUT_OF_RANGE'],
    ['scrypt r of 1024', (text) => text.replace('"r":8', '"r":1024'), 'KEYSTORE_KDF_OUT_OF_RANGE'],
    ['scrypt p of 16', (text) => text.replace('"p":1', '"p":16'), 'KEYSTORE_KDF_OUT_OF_RANGE'],
  ])('with %s is refused', async (_name, change, code) => {
    expect(change(readFileSync(path, 'utf8'))).not.toBe(readFileSync(path, 'utf8'));
    expect(await openChanged(change)).toMatchObject({ ok: false, code });
  });

  it('that is not there is reported by name', async () => {
    const missing = join(folder, 'missing.key');
    expect(await openKeystore(missing, PASSPHRASE)).toMatchObject({ code: 'KEYSTORE_NOT_FOUND' });
    expect(describeKeystore(missing)).toMatchObject({ code: 'KEYSTORE_NOT_FOUND' });
  });

  it('is never overwritten', async () => {
    const before = readFileSync(path, 'utf8');
    expect(await createKeystore(path, 'sign', PASSPHRASE, FAST)).toMatchObject({ code: 'KEYSTORE_EXISTS' });
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('is not made without a passphrase or with a cheap derivation', async () => {
    const other = join(folder, 'other.key');
    expect(await createKeystore(other, 'sign', '', FAST)).toMatchObject({ code: 'KEYSTORE_PASSPHRASE_EMPTY' });
    expect(await createKeystore(other, 'sign', PASSPHRASE, { scryptN: 2 ** 13 })).toMatchObject({
      code: 'KEYSTORE_KDF_OUT_OF_RANGE',
    });
    expect(existsSync(other)).toBe(false);
  });

  it('holds another key each time', async () => {
    const result = await createKeystore(join(folder, 'second.key'), 'node', PASSPHRASE, FAST);
    expect(result).toMatchObject({ ok: true, value: { purpose: 'node' } });
    expect(result.ok && result.value.keyId).not.toBe(created.keyId);
  });
});
