import type { OpenAPIObject } from '@nestjs/swagger';
import { pino } from 'pino';
import { createApp } from '../create-app.js';
import type { AppParts } from '../parts.js';
import { openApiDocument } from './document.js';

/** The OpenAPI document without a node: only the shapes of the routes are looked at, nothing behind them is called. */
export async function describeApi(): Promise<OpenAPIObject> {
  const app = await createApp({
    config: { apiKeySha256: '00'.repeat(32), publicReads: false },
    self: { ...absent<AppParts['self']>(), did: 'did:web:example.org' as AppParts['self']['did'] },
    node: absent<AppParts['node']>(),
    state: absent<AppParts['state']>(),
    chain: absent<AppParts['chain']>(),
    genesisFile: new Uint8Array(),
    index: absent<AppParts['index']>(),
    indexProgress: absent<AppParts['indexProgress']>(),
    eventSearch: absent<AppParts['eventSearch']>(),
    namedQueries: absent<AppParts['namedQueries']>(),
    subscriptions: absent<AppParts['subscriptions']>(),
    deliveries: absent<AppParts['deliveries']>(),
    eventFeed: absent<AppParts['eventFeed']>(),
    webhooks: absent<AppParts['webhooks']>(),
    joining: absent<AppParts['joining']>(),
    captureJobs: absent<AppParts['captureJobs']>(),
    idempotencyKeys: absent<AppParts['idempotencyKeys']>(),
    access: absent<AppParts['access']>(),
    logger: pino({ level: 'silent' }),
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    return openApiDocument(app);
  } finally {
    await app.close();
  }
}

/** A part that is there for injection only. */
function absent<T extends object>(): T {
  return {} as T;
}
