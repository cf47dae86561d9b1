import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { createIndexDataSource, dropIndex, Invitations, migrate } from '../index.js';

describe('invitations', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let invitations: Invitations;

  beforeAll(async () => {
    postgres = await startTestPostgres(process.env['DATABASE_URL']);
    dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 4 }).initialize();
    await migrate(dataSource);
    invitations = new Invitations(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  const invite = (id: string) =>
    invitations.create({ id, name: `Grower ${id}`, roles: ['member'], expiresAt: '2030-01-01T00:00:00.000Z' });

  it('are used once, also by two that come at the same time', async () => {
    expect(await invite('twice')).toMatchObject({ id: 'twice', roles: ['member'], revokedAt: null, joinRequestId: null });
    const filed = await Promise.all(
      ['a', 'b', 'c'].map((id) => invitations.file({ id, invitationId: 'twice', request: { name: `nul \u0000 ${id}` } })),
    );
    const winners = new Set(filed.map((request) => request?.id));
    expect(winners.size).toBe(1);
    expect(filed[0]).toMatchObject({ invitationId: 'twice', rejectedAt: null });
    expect(await invitations.get('twice')).toMatchObject({ joinRequestId: [...winners][0] });
    expect(await invitations.requests()).toHaveLength(1);
  });

  it('that are revoked, or unknown, are of no use; one that was used is not revoked', async () => {
    await invite('revoked');
    expect(await invitations.revoke('revoked')).toBe(true);
    expect(await invitations.revoke('revoked')).toBe(false);
    expect(await invitations.revoke('twice')).toBe(false);
    for (const invitationId of ['revoked', 'unknown'])
      expect(await invitations.file({ id: `of ${invitationId}`, invitationId, request: {} })).toBeUndefined();
  });

  it('lead to a request that may be rejected, once', async () => {
    for (const id of ['x', 'y']) {
      await invite(`for ${id}`);
      await invitations.file({ id, invitationId: `for ${id}`, request: { did: id } });
    }
    expect(await invitations.reject('y')).toBe(true);
    expect(await invitations.reject('y')).toBe(false);
    expect(await invitations.reject('z')).toBe(false);
    expect(await invitations.request('x')).toMatchObject({ request: { did: 'x' }, rejectedAt: null });
    expect(await invitations.request('y')).toMatchObject({ rejectedAt: expect.stringMatching(/^2\d{3}-/) });
    expect(await invitations.request('z')).toBeUndefined();
  });

  it('are there after the index was dropped: they do not follow from the chain', async () => {
    await dropIndex(dataSource);
    expect((await invitations.list()).map(({ id }) => id).sort()).toEqual(['for x', 'for y', 'revoked', 'twice']);
  });
});
