import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { KeyId } from '#identity';
import { createKeystore, type OpenedKey } from '#keystore';
import { KeystoreKeys } from '../src/node/keystore-keys.js';
import { openKeys } from '../src/node/open-keys.js';

const PASSPHRASE = 'correct horse';
let folder: string;
let paths: { node: string; sign: string; admin: string };
/** What the ledger takes. */
let valid: Set<KeyId>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lading-keys-'));
  paths = { node: join(folder, 'node'), sign: join(folder, 'sign'), admin: join(folder, 'admin') };
  for (const purpose of ['node', 'sign', 'admin'] as const) {
    const made = await createKeystore(paths[purpose], purpose, PASSPHRASE, { scryptN: 2 ** 14 });
    if (!made.ok) throw new Error(made.detail);
  }
  valid = new Set();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a start of the node opens them. */
async function open(onTakenOver: (key: OpenedKey) => void = () => undefined): Promise<KeystoreKeys> {
  const { admin, next } = await openKeys({ keys: paths, passphrase: PASSPHRASE });
  return new KeystoreKeys(admin as OpenedKey, next.admin, {
    purpose: 'admin',
    path: paths.admin,
    passphrase: PASSPHRASE,
    isValid: (keyId) => valid.has(keyId),
    log: pino({ level: 'silent' }),
    onTakenOver,
  });
}

describe('a key in its keystore', () => {
  it('stays in use until the ledger takes the next one, then is kept beside it', async () => {
    const taken: KeyId[] = [];
    const keys = await open(({ keyId }) => taken.push(keyId));
    const old = keys.current();
    const next = await keys.prepareNext();
    expect(keys.current()).toBe(old);
    // Around the change either may be asked to sign.
    expect([keys.withPublicKey(old.publicKey), keys.withPublicKey(next.publicKey)]).toEqual([old, next]);

    valid.add(next.keyId);
    expect(keys.current().keyId).toBe(next.keyId);
    expect(keys.current().keyId).toBe(next.keyId);
    expect(taken).toEqual([next.keyId]);
    expect(keys.withPublicKey(old.publicKey)).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['admin', `admin.${old.keyId.slice(0, 8)}.old`, 'node', 'sign']);
    expect((await openKeys({ keys: paths, passphrase: PASSPHRASE })).admin?.keyId).toBe(next.keyId);
  });

  it('has one successor, also when the node stops before the ledger has taken it', async () => {
    const first = await open();
    const [next, same] = await Promise.all([first.prepareNext(), first.prepareNext()]);
    expect([same.keyId, (await first.prepareNext()).keyId]).toEqual([next.keyId, next.keyId]);
    expect(existsSync(`${paths.admin}.next`)).toBe(true);

    const afterRestart = await open();
    expect((await afterRestart.prepareNext()).keyId).toBe(next.keyId);
    valid.add(next.keyId);
    expect(afterRestart.current().keyId).toBe(next.keyId);
  });

  it('is the wrong one when the file holds a key of another purpose', async () => {
    const swapped = { ...paths, admin: paths.sign };
    await expect(openKeys({ keys: swapped, passphrase: PASSPHRASE })).rejects.toThrow(
      /holds a key for "sign" where one for "admin"/,
    );
    const without = { node: paths.node, sign: paths.sign };
    expect((await openKeys({ keys: without, passphrase: PASSPHRASE })).admin).toBeUndefined();
  });
});
