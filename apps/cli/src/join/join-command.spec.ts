import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, utf8Encode } from '#codec';
import { portableSigner, signTicket, type Did, type InvitationTicket, type NetworkId } from '#identity';
import { run } from '../run.js';

const signer = portableSigner(sha256(utf8Encode('inviter')));
let folder: string;
let server: Server;
let ticket: InvitationTicket;
let said = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lading-join-'));
  writeFileSync(join(folder, 'passphrase'), 'secret', { mode: 0o600 });
  // An inviter that sends some genesis file for every ticket.
  server = createServer((_request, response) => {
    const body = { genesis: Buffer.from('{"format":"another"}').toString('base64') };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ticket = {
    networkId: '11'.repeat(32) as NetworkId,
    id: 'ab'.repeat(32),
    inviter: 'did:web:maker.example' as Did,
    inviterKey: signer.publicKey,
    name: 'Grower',
    roles: ['member'],
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    peers: [],
    expiresAt: Date.now() + 60_000,
  };
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterAll(() => {
  jest.restoreAllMocks();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function joinWith(...args: string[]): Promise<{ exitCode: number; said: string }> {
  said = '';
  const files = ['--data-dir', join(folder, 'node'), '--passphrase-file', join(folder, 'passphrase'), '--no-input'];
  return { exitCode: await run(['join', ...args, ...files]), said };
}

const textOf = (change: Partial<InvitationTicket> = {}): string => signTicket({ ...ticket, ...change }, signer);
const AS_GROWER = ['--did', 'did:web:grower.example'];

describe('lading join', () => {
  it('wants a ticket at first, and the DID of who joins', async () => {
    expect(await joinWith(...AS_GROWER)).toMatchObject({
      exitCode: 2,
      said: expect.stringContaining('No ticket is given'),
    });
    expect(await joinWith(textOf())).toMatchObject({ exitCode: 2, said: expect.stringContaining('Give --did.') });
  });

  it.each([[['--did', 'grower']], [[...AS_GROWER, '--api', 'nowhere']], [[...AS_GROWER, '--peer', '127.0.0.1:70000']]])(
    'refuses %j as a usage error',
    async (flags) => {
      expect((await joinWith(textOf(), ...flags)).exitCode).toBe(2);
    },
  );

  it('does not take a ticket that was changed, and none that is over', async () => {
    expect(await joinWith(textOf().slice(0, -6), ...AS_GROWER)).toMatchObject({
      exitCode: 5,
      said: expect.stringContaining('IDENTITY_TICKET_'),
    });
    expect(await joinWith(textOf({ expiresAt: Date.now() - 1 }), ...AS_GROWER)).toMatchObject({
      exitCode: 4,
      said: expect.stringContaining('IDENTITY_TICKET_EXPIRED'),
    });
  });

  it('does not take a genesis file that is not the network’s, whoever sends it', async () => {
    expect(await joinWith(textOf(), ...AS_GROWER)).toMatchObject({
      exitCode: 5,
      said: expect.stringContaining('not the one of network'),
    });
  });

  it('says who does not answer', async () => {
    expect(await joinWith(textOf({ apiUrl: 'http://127.0.0.1:1' }), ...AS_GROWER)).toMatchObject({
      exitCode: 6,
      said: expect.stringContaining('http://127.0.0.1:1 does not answer'),
    });
  });
});
