import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checksum, createIndexDataSource } from '#index';
import type { Answer } from './client.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

const EXAMPLES = resolve('../shared/standards/gs1/examples/JSON');
const isThere = existsSync(EXAMPLES);
const describeWithExamples = isThere ? describe : describe.skip;

interface EpcisEvent {
  readonly eventID?: string;
  readonly errorDeclaration?: unknown;
  readonly [name: string]: unknown;
}

/** The EPCISDocuments, in path order. */
function documents(folder: string): { readonly path: string; readonly text: string; readonly events: readonly EpcisEvent[] }[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return documents(path);
      const text = readFileSync(path, 'utf8');
      const document = JSON.parse(text) as { type: string; epcisBody: { eventList?: EpcisEvent[] } };
      return document.type === 'EPCISDocument' ? [{ path, text, events: document.epcisBody.eventList ?? [] }] : [];
    });
}

/** Identifiers of what an event is about, as its author wrote them. */
function itemsOf(event: EpcisEvent): string[] {
  const lists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'].flatMap((name) => (event[name] as string[] | undefined) ?? []);
  const quantities = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'].flatMap((name) =>
    ((event[name] as { epcClass: string }[] | undefined) ?? []).map(({ epcClass }) => epcClass),
  );
  return [...(event['parentID'] === undefined ? [] : [event['parentID'] as string]), ...lists, ...quantities];
}

/** What makes an event the same as an earlier one; those without an eventID are all different. */
function keyOf(event: EpcisEvent): string {
  return event.eventID === undefined ? JSON.stringify(event) : `${event.eventID} ${event.errorDeclaration !== undefined}`;
}

describeWithExamples(`the example documents of GS1${isThere ? '' : ' (skipped: ../shared/standards is absent)'}`, () => {
  const captured = isThere ? documents(EXAMPLES) : [];
  const jobs: Record<string, unknown>[] = [];
  let test: TestNetwork;

  beforeAll(async () => {
    test = await startTestNetwork();
  }, 60_000);
  afterAll(async () => {
    await test?.remove();
  }, 20_000);

  it('are 46 with 54 events', () => {
    expect(captured).toHaveLength(46);
    expect(captured.flatMap(({ events }) => events)).toHaveLength(54);
  });

  it('are captured by four organisations in turn; six events that repeat an earlier one are refused by name', async () => {
    for (const [index, { text }] of captured.entries()) {
      const client = test.clients[index % 4]!;
      const accepted: Answer = await client.post('/epcis/capture', new TextEncoder().encode(text), { 'GS1-Capture-Error-Behaviour': 'proceed' });
      expect(accepted.status).toBe(202);
      // One after the other, so that "earlier" means the same on every run.
      jobs.push(await client.until(accepted.headers.get('location') as string, ({ running }) => running === false));
    }
    const refused = jobs.flatMap(({ errors }) => errors as { code: string; eventID: string }[]);
    const seen = new Set<string>();
    const repeated = captured.flatMap(({ events }) => events).filter((event) => seen.size === seen.add(keyOf(event)).size);
    expect(repeated).toHaveLength(6);
    expect(refused.map(({ code, eventID }) => ({ code, eventID }))).toEqual(
      repeated.map(({ eventID }) => ({ code: 'EPCIS_EVENT_EXISTS', eventID })),
    );
  }, 120_000);

  it('are read back as 48 events, from any node, through the histories of their items or, without items, by their entry', async () => {
    const height = Math.max(...(await Promise.all(test.clients.map(async (client) => (await client.get('/api/v1/network')).body['height'] as number))));
    const recorded = new Map(captured.flatMap(({ events }) => events).map((event) => [keyOf(event), event]));
    expect(recorded.size).toBe(48);
    const found = new Set<string>();
    let withoutItems = 0;
    for (const [index, event] of [...recorded.values()].entries()) {
      const client = test.clients[index % 4]!;
      const [item] = itemsOf(event);
      if (item === undefined) {
        withoutItems++;
        continue;
      }
      const { status, body } = await client.get(`/api/v1/items/${encodeURIComponent(item)}/history?minHeight=${height}`);
      expect([item, status]).toEqual([item, 200]);
      for (const { event: source, entryId, author, height: at } of body['events'] as { event: EpcisEvent; entryId: string; author: string; height: number }[]) {
        expect(entryId).toMatch(/^[0-9a-f]{64}$/);
        expect(author).toMatch(/^did:web:/);
        expect(at).toBeGreaterThan(0);
        found.add(keyOf(source));
      }
    }
    expect([...recorded].filter(([key, event]) => itemsOf(event).length > 0 && !found.has(key))).toEqual([]);
    // Two sensor readings of a place name no item at all.
    expect(withoutItems).toBe(2);
    const { body } = await test.clients[0]!.get('/api/v1/network');
    expect(body['logSize']).toBe(48);
  }, 60_000);

  it('give the same head, log, state and index on all four nodes', async () => {
    const height = (await test.clients[0]!.get('/api/v1/network')).body['height'] as number;
    const networks = await Promise.all(
      test.clients.map((client) => client.until('/api/v1/network', (body) => body['height'] === height && body['indexHeight'] === height)),
    );
    const same = networks.map(({ headHash, logSize, logRoot, stateRoot }) => ({ headHash, logSize, logRoot, stateRoot }));
    expect(same).toEqual([same[0], same[0], same[0], same[0]]);

    const checksums = [];
    for (const url of test.network.databaseUrls) {
      const database = await createIndexDataSource({ url }).initialize();
      checksums.push(await checksum(database));
      await database.destroy();
    }
    expect(checksums[0]).toMatchObject({ height });
    expect(checksums).toEqual([checksums[0], checksums[0], checksums[0], checksums[0]]);
  }, 60_000);
});
