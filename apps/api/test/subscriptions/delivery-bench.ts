import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { keyIdOf, portableSigner, type Did, type NetworkId } from '#identity';
import {
  createIndexDataSource,
  DeliveryOutbox,
  dropIndex,
  EventFeed,
  EventSearch,
  migrate,
  NamedQueries,
  project,
  Subscriptions,
  type NewSubscription,
} from '#index';
import { itemCommissioning, productRegistration } from '#trace';
import { startTestPostgres } from '../../../../libs/index/testing/test-postgres.js';
import { TestChain } from '../../../../libs/index/testing/test-chain.js';
import { DeliveryLoop, type DeliveryLoopOptions } from '../../src/http/epcis/subscriptions/delivery-loop.js';
import type { Self } from '../../src/http/parts.js';

const GTIN = '09521101530001';
const START = Date.UTC(2026, 5, 1, 12, 0, 0);

/** A chain, its index in a real PostgreSQL, and delivery loops over it whose clock stands still until a test moves it. */
export interface DeliveryBench {
  readonly dataSource: DataSource;
  readonly subscriptions: Subscriptions;
  readonly queries: NamedQueries;
  readonly feed: EventFeed;
  readonly self: Self;
  /** Milliseconds. */
  readonly clock: { now: number };
  /** Records one block with an event per serial number, and indexes it. */
  record(...serials: string[]): Promise<void>;
  /** The same, with more in each event. */
  recordWith(more: object, ...serials: string[]): Promise<void>;
  /** Forgets the index and builds it anew. @param heights - only so many blocks */
  reindex(heights?: number): Promise<void>;
  /** A process of the organisation that sends deliveries. */
  loop(overrides?: Partial<DeliveryLoopOptions>): DeliveryLoop;
  subscribe(dest: string, overrides?: Partial<NewSubscription>): Promise<string>;
  stop(): Promise<void>;
}

export async function startDeliveryBench(): Promise<DeliveryBench> {
  const postgres = await startTestPostgres(process.env['DATABASE_URL']);
  const dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 8 }).initialize();
  await migrate(dataSource);
  const chain = new TestChain();
  chain.append(
    chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Olive oil' })),
    chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['seed'] })),
  );
  await project(dataSource, chain.blocks);
  const subscriptions = new Subscriptions(dataSource);
  const queries = new NamedQueries(dataSource);
  await queries.create({ name: 'seen', queryJson: '{"EQ_bizStep":["inspecting"]}', namespaces: {} });
  const feed = new EventFeed(dataSource, new EventSearch(dataSource));
  const clock = { now: START };
  const signer = portableSigner(new Uint8Array(32).fill(7));
  const key = {
    ...signer,
    keyId: keyIdOf(signer.publicKey),
    publicKey: signer.publicKey,
    sign: (message: Uint8Array) => signer.sign(message),
  };
  const self = {
    did: 'did:web:maker.example' as Did,
    networkId: '11'.repeat(32) as NetworkId,
    signingKeys: { current: () => key, prepareNext: () => Promise.resolve(key) },
  } as unknown as Self;
  let subscribed = 0;
  let second = 0;
  const recordWith = async (more: object, ...serials: string[]): Promise<void> => {
    const height = chain.append(
      ...serials.map((serial) =>
        chain.capture(chain.maker, {
          type: 'ObjectEvent',
          action: 'OBSERVE',
          bizStep: 'inspecting',
          epcList: [`https://id.gs1.org/01/${GTIN}/21/${serial}`],
          eventTime: new Date(START + second++ * 1_000).toISOString(),
          eventTimeZoneOffset: '+00:00',
          ...more,
        }),
      ),
    );
    await project(dataSource, chain.blocks.slice(height));
  };
  return {
    dataSource,
    subscriptions,
    queries,
    feed,
    self,
    clock,
    record: (...serials) => recordWith({}, ...serials),
    recordWith,
    async reindex(heights = chain.blocks.length) {
      await dropIndex(dataSource);
      await project(dataSource, chain.blocks.slice(0, heights));
    },
    loop: (overrides = {}) =>
      new DeliveryLoop({
        queue: new DeliveryOutbox(dataSource),
        feed,
        queries,
        formats: { spelling: () => Promise.resolve({ event: (event) => event, id: (id) => id }) },
        self,
        policy: { allowPrivateDestinations: true },
        now: () => new Date(clock.now),
        random: () => 0,
        attemptTimeoutMs: 2_000,
        giveUpAfterMs: 3_600_000,
        concurrency: 4,
        pollMs: 20,
        log: pino({ level: 'silent' }),
        ...overrides,
      }),
    async subscribe(dest, overrides = {}) {
      const id = overrides.id ?? `subscription-${++subscribed}`;
      const outcome = await subscriptions.create(
        {
          id,
          queryName: 'seen',
          dest,
          signatureToken: 'a token of the subscriber',
          epcFormat: 'Always_GS1_Digital_Link',
          schedule: undefined,
          reportIfEmpty: false,
          initialRecordTime: new Date(clock.now),
          position: (await feed.head()).position,
          pageSize: 100,
          nextRunAt: undefined,
          createdAt: new Date(clock.now),
          ...overrides,
        },
        1_000,
      );
      if (outcome !== 'created') throw new Error(outcome);
      return id;
    },
    async stop() {
      await dataSource.destroy();
      await postgres.stop();
    },
  };
}
