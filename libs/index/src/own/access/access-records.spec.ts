import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { startTestPostgres, type TestPostgres } from '../../../testing/test-postgres.js';
import { createIndexDataSource, dropIndex, migrate } from '../../index.js';
import { openAccessRecords, pruneAccess, type AccessRecords } from './access-records.js';
import type { ActContext, NewLink, NewPasskey, NewSession } from './access.types.js';

let postgres: TestPostgres;
let dataSource: DataSource;
let records: AccessRecords;
let heads: { seq: number; hash: string }[];

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
});
afterAll(() => postgres.stop());

/** An organisation without anybody; each group of tests has its own. */
async function open(): Promise<void> {
  dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
  await migrate(dataSource);
  heads = [];
  records = openAccessRecords(dataSource, (head) => heads.push(head));
}

const ADA: ActContext = { actor: { kind: 'person', id: 'ada', name: 'Ada' }, requestId: 'r-1', address: '192.0.2.1' };
const link = (id: string, lifetimeMs = 60_000): NewLink => ({ id, tokenHash: `hash of ${id}`, lifetimeMs });
const passkey = (id: string): NewPasskey => ({
  id,
  publicKey: 'pQ',
  counter: 0,
  transports: ['usb'],
  name: 'Key',
  isDeviceBound: true,
  isBackedUp: false,
});
const session = (id: string): NewSession => ({ id, tokenHash: `hash of ${id}`, address: '192.0.2.1', userAgent: 'test' });

async function enrol(name: string, role: string): Promise<string> {
  const invited = await records.links.invite(ADA, link(`link ${name}`), { name, role });
  const started = await records.links.enrol(ADA, `hash of link ${name}`, { name, passkey: passkey(`key ${name}`), session: session(`session ${name}`) });
  expect(started).toMatchObject({ personId: invited.personId, personName: name, role });
  return invited.personId;
}

describe('links', () => {
  beforeAll(open);
  afterAll(() => dataSource.destroy());

  it('are made for a first admin once, until somebody asks for another', async () => {
    const options = { replace: false, evenWithAdmin: false };
    const made = await Promise.all([1, 2, 3].map((n) => records.links.firstAdmin(ADA, link(`first-${n}`), options)));
    expect(made.filter((isMade) => isMade)).toHaveLength(1);
    const before = (await records.links.open())[0]?.id as string;
    expect(await records.links.firstAdmin(ADA, link('first-again'), { ...options, replace: true })).toBe(true);
    expect(await records.links.byToken(`hash of ${before}`)).toBeUndefined();
    expect(await records.links.byToken('hash of first-again')).toMatchObject({ kind: 'first-admin', role: 'admin', name: null });
  });

  it('work once, and not for anybody else at the same time', async () => {
    const enrolments = await Promise.all(
      [1, 2, 3].map((n) =>
        records.links.enrol(ADA, 'hash of first-again', { name: `Admin ${n}`, passkey: passkey(`admin-${n}`), session: session(`s-${n}`) }),
      ),
    );
    expect(enrolments.filter((enrolment) => enrolment !== undefined)).toHaveLength(1);
    expect((await records.people.list()).items).toMatchObject([{ role: 'admin', passkeys: 1, status: 'active' }]);
    expect(await records.links.byToken('hash of first-again')).toBeUndefined();
  });

  it('are not made for a first admin while there is one, unless the operator insists', async () => {
    expect(await records.links.firstAdmin(ADA, link('second'), { replace: true, evenWithAdmin: false })).toBe(false);
    expect(await records.links.firstAdmin(ADA, link('second'), { replace: true, evenWithAdmin: true })).toBe(true);
  });

  it('end when they are withdrawn or have expired', async () => {
    await records.links.invite(ADA, link('withdrawn'), { name: 'Ben', role: 'viewer' });
    expect(await records.links.withdraw(ADA, 'withdrawn')).toBe(true);
    expect(await records.links.withdraw(ADA, 'withdrawn')).toBe(false);
    await records.links.invite(ADA, link('expired', -1), { name: 'Ben', role: 'viewer' });
    for (const id of ['withdrawn', 'expired', 'never'])
      expect(await records.links.enrol(ADA, `hash of ${id}`, { name: 'Ben', passkey: passkey(id), session: session(id) })).toBeUndefined();
    expect((await records.links.open()).map(({ id }) => id)).toEqual(['second']);
  });

  it('stay good when the credential is registered already', async () => {
    await records.links.invite(ADA, link('twice'), { name: 'Ben', role: 'viewer' });
    const taken = (await records.people.passkeys((await records.people.list()).items[0]?.id as string))[0] as { id: string };
    expect(await records.links.enrol(ADA, 'hash of twice', { name: 'Ben', passkey: passkey(taken.id), session: session('x') })).toBeUndefined();
    expect(await records.links.byToken('hash of twice')).toBeDefined();
    expect((await records.people.list()).items).toHaveLength(1);
  });
});

describe('people', () => {
  beforeAll(open);
  afterAll(() => dataSource.destroy());

  it('of whom one active admin always stays, however many change at once', async () => {
    const [ada, ben] = [await enrol('Ada', 'admin'), await enrol('Ben', 'admin')];
    const outcomes = await Promise.all([
      records.people.change(ADA, ada, { role: 'viewer' }),
      records.people.change(ADA, ben, { status: 'disabled' }),
    ]);
    expect(outcomes.sort()).toEqual(['changed', 'last-admin']);
    const admins = (await records.people.list()).items.filter(({ role, status }) => role === 'admin' && status === 'active');
    expect(admins).toHaveLength(1);
  });

  it('lose their sessions and their passkeys’ worth when they are disabled, and get a link back in only while active', async () => {
    const cem = await enrol('Cem', 'operator');
    expect(await records.sessions.find('hash of session Cem')).toMatchObject({ personName: 'Cem', role: 'operator' });
    await records.people.change(ADA, cem, { status: 'disabled' });
    expect(await records.sessions.find('hash of session Cem')).toBeUndefined();
    expect(await records.people.passkey('key Cem')).toBeUndefined();
    expect(await records.links.recovery(ADA, link('recovery-1'), cem)).toBeUndefined();
    await records.people.change(ADA, cem, { status: 'active' });
    expect(await records.links.recovery(ADA, link('recovery-1'), cem)).toMatchObject({ kind: 'recovery', personId: cem });
    const back = await records.links.enrol(ADA, 'hash of recovery-1', { name: 'Mallory', passkey: passkey('new key'), session: session('back') });
    expect(back).toMatchObject({ personId: cem, personName: 'Cem' });
    expect(await records.people.passkeys(cem)).toHaveLength(2);
  });

  it('keep their last passkey', async () => {
    const dot = await enrol('Dot', 'viewer');
    expect(await records.people.removePasskey(ADA, dot, 'key Dot')).toBe('last-passkey');
    expect(await records.people.addPasskey(ADA, dot, passkey('second of Dot'))).toBe(true);
    expect(await records.people.addPasskey(ADA, dot, passkey('second of Dot'))).toBe(false);
    expect(await records.people.removePasskey(ADA, dot, 'key Ada')).toBe('unknown');
    expect(await records.people.removePasskey(ADA, dot, 'key Dot')).toBe('removed');
  });

  it('use a passkey only with a counter that grows', async () => {
    const use = (counter: number) => records.people.notePasskeyUse('key Ada', { counter, isBackedUp: false });
    expect([await use(0), await use(5), await use(5), await use(4), await use(0), await use(6)]).toEqual([true, true, false, false, false, true]);
  });

  it('come in pages by name', async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await records.people.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['Ada', 'Ben', 'Cem', 'Dot']);
  });
});

describe('sessions', () => {
  beforeAll(open);
  afterAll(() => dataSource.destroy());

  it('end after half an hour without a request, and after twelve hours in any case', async () => {
    const ada = await enrol('Ada', 'admin');
    const found = () => records.sessions.find('hash of session Ada');
    await dataSource.query(`UPDATE session SET last_seen_at = now() - interval '29 minutes'`);
    expect(await found()).toBeDefined();
    // Having been found was a sign of life.
    await dataSource.query(`UPDATE session SET last_seen_at = last_seen_at - interval '29 minutes'`);
    expect(await found()).toBeDefined();
    await dataSource.query(`UPDATE session SET last_seen_at = now() - interval '31 minutes'`);
    expect(await found()).toBeUndefined();
    await dataSource.query(`UPDATE session SET last_seen_at = now(), expires_at = now() - interval '1 second'`);
    expect(await found()).toBeUndefined();
    const started = await records.sessions.start(ADA, ada, session('fresh'));
    expect(Date.parse(started.expiresAt) - Date.parse(started.createdAt)).toBe(12 * 3_600_000);
    expect(await dataSource.query('SELECT id FROM session')).toEqual([{ id: 'fresh' }]);
  });

  it('are ended by their own person or by whoever may end any', async () => {
    const ben = await enrol('Ben', 'viewer');
    expect(await records.sessions.end(ADA, 'fresh', ben)).toBe(false);
    expect(await records.sessions.end(ADA, 'session Ben', ben)).toBe(true);
    expect(await records.sessions.end(ADA, 'fresh', undefined)).toBe(true);
    expect(await records.sessions.list(undefined)).toEqual([]);
  });
});

describe('challenges', () => {
  beforeAll(open);
  afterAll(() => dataSource.destroy());

  it('are good once, for what they were given for, for a while', async () => {
    const { challenges } = records;
    await challenges.give({ value: 'one', boundTo: 'sign-in', lifetimeMs: 60_000 });
    await challenges.give({ value: 'old', boundTo: 'sign-in', lifetimeMs: -1 });
    expect(await challenges.take('one', 'request 1')).toBe(false);
    const taken = await Promise.all([1, 2, 3].map(() => challenges.take('one', 'sign-in')));
    expect(taken.filter((isTaken) => isTaken)).toHaveLength(1);
    expect(await challenges.take('old', 'sign-in')).toBe(false);
    await pruneAccess(dataSource);
    expect(await dataSource.query('SELECT * FROM challenge')).toEqual([]);
  });
});

describe('service accounts', () => {
  beforeAll(open);
  afterAll(() => dataSource.destroy());
  const key = (id: string, lifetimeMs = 60_000) => ({ id, kind: 'secret', material: `hash of ${id}`, lifetimeMs }) as const;

  it('have keys that end by time, by revocation, or with the account', async () => {
    await records.services.create(ADA, { id: 'erp', name: 'ERP', scopes: ['read', 'capture'] });
    for (const each of [key('good'), key('expired', -1), key('revoked')]) await records.services.addKey(ADA, 'erp', each);
    expect(await records.services.revokeKey(ADA, 'erp', 'revoked')).toBe(true);
    expect(await records.services.revokeKey(ADA, 'other', 'good')).toBe(false);
    expect(await records.services.usableKey('good')).toMatchObject({ material: 'hash of good', account: { name: 'ERP', scopes: ['read', 'capture'] } });
    for (const id of ['expired', 'revoked', 'never', 'nul\0']) expect(await records.services.usableKey(id)).toBeUndefined();
    await records.services.change(ADA, 'erp', { status: 'disabled' });
    expect(await records.services.usableKey('good')).toBeUndefined();
    await records.services.change(ADA, 'erp', { status: 'active', scopes: ['read'] });
    expect(await records.services.usableKey('good')).toMatchObject({ account: { scopes: ['read'] } });
    expect(JSON.stringify(await records.services.list())).not.toContain('hash of');
  });

  it('rotate a key with an overlap that never makes the old one last longer', async () => {
    const rotated = await records.services.rotateKey(ADA, 'erp', 'good', { key: key('next'), overlapMs: 3_600_000 });
    expect(rotated).toMatchObject({ id: 'next' });
    expect(await records.services.usableKey('good')).toBeDefined();
    const good = (await records.services.get('erp'))?.keys.find(({ id }) => id === 'good');
    expect(Date.parse(good?.expiresAt as string)).toBeLessThan(Date.now() + 61_000);
    await records.services.rotateKey(ADA, 'erp', 'next', { key: key('third'), overlapMs: 0 });
    expect(await records.services.usableKey('next')).toBeUndefined();
    expect(await records.services.rotateKey(ADA, 'erp', 'next', { key: key('fourth'), overlapMs: 0 })).toBe('unknown');
  });

  it('have no more than twenty good keys, and a refused rotation leaves the old one as it was', async () => {
    await records.services.create(ADA, { id: 'full', name: 'Full', scopes: ['read'] });
    for (let i = 0; i < 20; i++) expect(await records.services.addKey(ADA, 'full', key(`full-${i}`))).toMatchObject({ id: `full-${i}` });
    expect(await records.services.addKey(ADA, 'full', key('full-20'))).toBe('too-many');
    expect(await records.services.rotateKey(ADA, 'full', 'full-0', { key: key('full-21'), overlapMs: 1_000 })).toBe('too-many');
    expect(await records.services.addKey(ADA, 'nobody', key('x'))).toBe('unknown');
  });

  it('take a nonce once per key', async () => {
    expect(await records.services.takeNonce('k', 'n', 60_000)).toBe(true);
    expect(await records.services.takeNonce('k', 'n', 60_000)).toBe(false);
    expect(await records.services.takeNonce('other', 'n', 60_000)).toBe(true);
  });
});

describe('the audit log', () => {
  beforeAll(async () => {
    await open();
    await Promise.all(Array.from({ length: 12 }, (_, n) => records.audit.append(ADA, { action: `act.${n % 3}`, target: `t${n}`, details: { n, nul: 'a\0b' } })));
  });
  afterAll(() => dataSource.destroy());

  it('is one chain, also of acts at the same moment, and tells each head', async () => {
    const verified = await records.audit.verify();
    expect(verified).toMatchObject({ isIntact: true, count: 12, headSeq: 12, brokenAt: null });
    expect(heads.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    expect(heads.find(({ seq }) => seq === 12)?.hash).toBe(verified.headHash);
  });

  it('is listed newest first with filters and pages, and exported oldest first', async () => {
    const first = await records.audit.list({ action: 'act.1', actor: 'ada' }, { limit: 3 });
    expect(first.items).toHaveLength(3);
    const second = await records.audit.list({ action: 'act.1' }, { limit: 3, cursor: first.nextCursor as string });
    const seqs = [...first.items, ...second.items].map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    expect(seqs).toHaveLength(4);
    expect((await records.audit.list({ actor: 'nobody' })).items).toEqual([]);
    expect((await records.audit.list({ since: '2100-01-01T00:00:00Z' })).items).toEqual([]);
    expect((await records.audit.after(10, 5)).map(({ seq }) => seq)).toEqual([11, 12]);
  });

  it.each(['UPDATE audit_event SET action = action', 'DELETE FROM audit_event WHERE seq = 99', 'TRUNCATE audit_event'])(
    'refuses: %s',
    async (statement) => {
      await expect(dataSource.query(statement)).rejects.toThrow('append-only');
    },
  );

  it('outlives a rebuild of the index', async () => {
    await dropIndex(dataSource);
    expect(await records.audit.verify()).toMatchObject({ isIntact: true, count: 12 });
  });

  it('records nothing of what did not happen', async () => {
    await records.people.change(ADA, 'nobody', { name: 'X' });
    await records.services.revokeKey(ADA, 'nobody', 'x');
    expect((await records.audit.verify()).count).toBe(12);
  });

  /** What somebody with the rights of the database's owner could do, undone afterwards. */
  async function tampered(statement: string, noted?: { seq: number; hash: string }) {
    const runner = dataSource.createQueryRunner('master');
    await runner.query('CREATE TABLE saved AS TABLE audit_event');
    await runner.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
    await runner.query(statement);
    const verified = await records.audit.verify(noted);
    await runner.query('DELETE FROM audit_event');
    await runner.query('INSERT INTO audit_event SELECT * FROM saved');
    await runner.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
    await runner.query('DROP TABLE saved');
    await runner.release();
    return verified;
  }

  it.each([
    ['an action', `UPDATE audit_event SET action = 'other' WHERE seq = 5`, 5],
    ['an actor', `UPDATE audit_event SET actor_id = 'ben' WHERE seq = 5`, 5],
    ['an actor’s name taken out', `UPDATE audit_event SET actor_name = NULL WHERE seq = 5`, 5],
    ['a time', `UPDATE audit_event SET time = time + interval '1 second' WHERE seq = 5`, 5],
    ['details', `UPDATE audit_event SET details = '{}' WHERE seq = 5`, 5],
    ['an address', `UPDATE audit_event SET address = NULL WHERE seq = 5`, 5],
    ['a hash', `UPDATE audit_event SET hash = repeat('0', 64) WHERE seq = 5`, 5],
    ['an event taken out', `DELETE FROM audit_event WHERE seq = 5`, 5],
    ['the first event taken out', `DELETE FROM audit_event WHERE seq = 1`, 1],
    ['two events in each other’s place', `UPDATE audit_event SET seq = CASE seq WHEN 5 THEN 1006 ELSE 1005 END WHERE seq IN (5, 6);
      UPDATE audit_event SET seq = seq - 1000 WHERE seq > 1000`, 5],
  ])('finds %s changed', async (_what, statement, brokenAt) => {
    expect(await tampered(statement)).toMatchObject({ isIntact: false, brokenAt });
    expect(await records.audit.verify()).toMatchObject({ isIntact: true });
  });

  it('finds that its end was cut off, against a head that was noted', async () => {
    const { headSeq: seq, headHash: hash } = await records.audit.verify();
    expect(await tampered('DELETE FROM audit_event WHERE seq > 10', { seq, hash })).toMatchObject({ isIntact: false, brokenAt: 11 });
    expect(await records.audit.verify({ seq, hash })).toMatchObject({ isIntact: true });
    expect(await records.audit.verify({ seq: 3, hash })).toMatchObject({ isIntact: false, brokenAt: 3 });
  });
});
