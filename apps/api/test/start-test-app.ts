import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { keyIdOf, portableSigner, type Did, type NetworkId } from '#identity';
import type { RecordReader } from '#codec';
import { createApp } from '../src/http/create-app.js';
import type { AppParts, Self } from '../src/http/parts.js';
import { webhookOptions } from '../src/http/epcis/subscriptions/webhook-options.js';
import { createLogger } from '../src/logging/logger.js';
import { fakeCaptureJobs, fakeIdempotencyKeys, fakeIndex, type FakeIndex } from './fakes/fake-index.js';
import { fakeEventSearch, fakeNamedQueries } from './fakes/fake-epcis.js';
import { noAccess } from './fakes/no-access.js';
import { fakeInvitations } from './fakes/fake-invitations.js';
import { fakeNode, type FakeNode } from './fakes/fake-node.js';

export const API_KEY = 'test-key-0123456789';
export const AUTHORIZED = { authorization: `Bearer ${API_KEY}` };

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly node: FakeNode;
  readonly index: FakeIndex;
  readonly self: Self;
  readonly fatal: Error[];
  /** Everything logged so far. */
  log(): string;
  inject: NestFastifyApplication['inject'];
  close(): Promise<void>;
}

/** The whole HTTP application over a fake node and a fake index: what is tested is HTTP. */
export async function startTestApp(
  overrides: Partial<AppParts> = {},
  validators?: Parameters<typeof fakeNode>[0]['validators'],
): Promise<TestApp> {
  const signer = portableSigner(new Uint8Array(32).fill(7));
  const key = {
    ...signer,
    keyId: keyIdOf(signer.publicKey),
    publicKey: signer.publicKey,
    sign: (message: Uint8Array) => signer.sign(message),
  };
  const self: Self = {
    did: 'did:web:maker.example' as Did,
    networkId: '11'.repeat(32) as NetworkId,
    signingKeys: { current: () => key, prepareNext: () => Promise.resolve(key) },
    nodeKeys: { current: () => key, prepareNext: () => Promise.resolve(key) },
    adminKeys: undefined,
  };
  const node = fakeNode({ self: self.did, networkId: self.networkId, ...(validators && { validators }) });
  const index = fakeIndex();
  const fatal: Error[] = [];
  let logged = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const emptyState: RecordReader = { get: () => undefined };
  const app = await createApp({
    config: { apiKeySha256: createHash('sha256').update(API_KEY).digest('hex'), publicReads: false, access: { servicesMayGovern: true } },
    self,
    node,
    state: emptyState,
    chain: { stateValue: () => undefined, treeNode: () => undefined, logNode: () => undefined, certificate: () => undefined },
    genesisFile: new TextEncoder().encode('{}'),
    index,
    indexProgress: index,
    eventSearch: fakeEventSearch(),
    namedQueries: fakeNamedQueries(),
    // Tested with a real database in test/epcis/subscriptions.spec.ts.
    subscriptions: {} as AppParts['subscriptions'],
    deliveries: {} as AppParts['deliveries'],
    eventFeed: {} as AppParts['eventFeed'],
    webhooks: webhookOptions({}),
    joining: { invitations: fakeInvitations(), addresses: new Map() },
    captureJobs: fakeCaptureJobs(),
    idempotencyKeys: fakeIdempotencyKeys(),
    access: noAccess(),
    logger: createLogger('debug', {}, sink),
    onFatal: (error) => fatal.push(error),
    ...overrides,
  });
  await app.getHttpAdapter().getInstance().ready();
  return { app, node, index, self, fatal, log: () => logged, inject: app.inject.bind(app), close: () => app.close() };
}
