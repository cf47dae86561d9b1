import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8Decode } from '#codec';
import { decodeStatement } from '#ledger';
import type { CaptureJobDto } from '#index';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

let t: TestApp;
beforeEach(async () => {
  t = await startTestApp();
});
afterEach(() => t.close());

const event = (eventID: string, overrides: object = {}) => ({
  type: 'ObjectEvent',
  eventID,
  eventTime: '2026-01-01T10:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
  bizStep: 'shipping',
  ...overrides,
});
const document = (...eventList: object[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-01T10:00:00.000Z',
  epcisBody: { eventList },
});
const A = 'urn:uuid:00000000-0000-4000-8000-00000000000a';
const B = 'urn:uuid:00000000-0000-4000-8000-00000000000b';

function capture(body: unknown, behaviour?: string) {
  const headers = {
    ...AUTHORIZED,
    'content-type': 'application/ld+json',
    ...(behaviour && { 'gs1-capture-error-behaviour': behaviour }),
  };
  return t.inject({
    method: 'POST',
    url: '/epcis/capture',
    headers,
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function jobOf(location: unknown): Promise<CaptureJobDto> {
  for (;;) {
    const job = (await t.inject({ method: 'GET', url: location as string, headers: AUTHORIZED })).json<CaptureJobDto>();
    if (!job.running) return job;
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

describe('POST /epcis/capture', () => {
  it('records a whole document as one entry, in its own bytes', async () => {
    const text = JSON.stringify(document(event(A), event(B)), undefined, 3);
    const answer = await capture(text);
    expect(answer.statusCode).toBe(202);
    expect(answer.headers['gs1-epcis-version']).toBe('2.0.0');
    expect(answer.headers['gs1-capture-error-behaviour']).toBe('rollback');
    expect(await jobOf(answer.headers.location)).toMatchObject({
      running: false,
      success: true,
      captureErrorBehaviour: 'rollback',
      errors: [],
    });
    expect(t.node.submitted.map(({ content }) => utf8Decode(content))).toEqual([text]);
  });

  it('records each event as an entry of its own with "proceed", in document order', async () => {
    const answer = await capture(document(event(A), event(B)), 'proceed');
    expect(await jobOf(answer.headers.location)).toMatchObject({ success: true, captureErrorBehaviour: 'proceed' });
    const ids = t.node.submitted.map(({ content }) =>
      (JSON.parse(utf8Decode(content) ?? '') as ReturnType<typeof document>).epcisBody.eventList.map(
        (e) => (e as { eventID: string }).eventID,
      ),
    );
    expect(ids).toEqual([[A], [B]]);
  });

  it.each(['rollback', 'proceed'])(
    'tells the eventID and the hash id of each event that it recorded: %s',
    async (mode) => {
      const [first, second] = [event(A), { ...event(A), eventID: undefined }];
      const offered = await jobOf((await capture(document(first, second), mode)).headers.location);
      const [a, b] = offered.events ?? [];
      const hashId = a?.eventHash ?? '';
      expect(hashId).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
      expect(a).toMatchObject({
        eventID: A,
        eventHashCheck: 'other',
        entryId: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      // The same in all that is hashed.
      expect(b).toMatchObject({
        eventID: expect.stringMatching(/^urn:uuid:/),
        eventHash: hashId,
        eventHashCheck: 'absent',
      });

      const stale = `ni:///sha-256;${'0'.repeat(64)}?ver=CBV2.0`;
      const given = await jobOf((await capture(document(event(hashId), event(stale)), mode)).headers.location);
      expect(given).toMatchObject({ success: true, errors: [] });
      expect(given.events?.map(({ eventHashCheck }) => eventHashCheck)).toEqual(['match', 'mismatch']);
    },
  );

  it('takes a document of master data alone, and refuses one whose master data is not as the schema has it', async () => {
    const vocabulary = {
      type: 'urn:epcglobal:epcis:vtype:ReadPoint',
      vocabularyElementList: [{ id: 'urn:x:dock', children: ['urn:x:door'] }],
    };
    const describing = (...vocabularyList: object[]) => ({
      ...document(),
      epcisHeader: { epcisMasterData: { vocabularyList } },
    });
    const job = await jobOf((await capture(describing(vocabulary))).headers.location);
    expect(job).toMatchObject({ success: true, events: [] });
    expect(t.node.submitted).toHaveLength(1);

    const wrong = { ...vocabulary, vocabularyElementList: [{ id: 'dock', children: 'urn:x:door' }, 'dock'] };
    const refused = await capture(describing({ ...vocabulary, type: undefined }, wrong), 'proceed');
    expect(refused.statusCode).toBe(400);
    expect(refused.json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer)).toEqual([
      '/epcisHeader/epcisMasterData/vocabularyList/0/type',
      '/epcisHeader/epcisMasterData/vocabularyList/1/vocabularyElementList/1',
      '/epcisHeader/epcisMasterData/vocabularyList/1/vocabularyElementList/0/id',
      '/epcisHeader/epcisMasterData/vocabularyList/1/vocabularyElementList/0/children',
    ]);
    expect((await capture(describing())).json()).toMatchObject({ code: 'EPCIS_EVENT_COUNT' });
    expect(t.node.submitted).toHaveLength(1);
  });

  it('names the event that was refused, and records the others', async () => {
    t.node.decide = ({ content }) =>
      utf8Decode(content)?.includes(A)
        ? { status: 'rejected', code: 'EPCIS_EVENT_EXISTS', detail: 'recorded already' }
        : { status: 'final', position: { height: 1, index: 0 } };
    const job = await jobOf((await capture(document(event(B), event(A)), 'proceed')).headers.location);
    expect(job.success).toBe(false);
    expect(job.errors).toEqual([
      {
        type: 'epcisException:ResourceAlreadyExistsException',
        title: 'Event exists',
        status: 409,
        detail: 'recorded already',
        code: 'EPCIS_EVENT_EXISTS',
        pointer: '/epcisBody/eventList/1',
        eventID: A,
      },
    ]);
  });

  it('records exactly the good events with "proceed", and points at what is wrong with the others', async () => {
    const bad = event(B, { bizStep: 'shiping', disposition: 'lost' });
    const job = await jobOf((await capture(document(event(A), bad), 'proceed')).headers.location);
    expect(t.node.submitted).toHaveLength(1);
    expect(job.success).toBe(false);
    expect(job.errors.map(({ pointer, eventID, code }) => ({ pointer, eventID, code }))).toEqual([
      { pointer: '/epcisBody/eventList/1/bizStep', eventID: B, code: 'EPCIS_NOT_IN_CBV' },
      { pointer: '/epcisBody/eventList/1/disposition', eventID: B, code: 'EPCIS_NOT_IN_CBV' },
    ]);
  });

  it.each(['rollback', 'proceed'])('refuses a document that is wrong around its events (%s)', async (behaviour) => {
    const answer = await capture({ ...document(event(A)), creationDate: 'yesterday' }, behaviour);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/creationDate' }] });
    expect(t.node.submitted).toHaveLength(0);
  });

  it('captures the events of an EPCISQueryDocument in their own bytes', async () => {
    const { epcisBody, ...rest } = document(event(A));
    const results = { queryName: 'q', resultsBody: epcisBody };
    const text = JSON.stringify({ ...rest, type: 'EPCISQueryDocument', epcisBody: { queryResults: results } });
    await jobOf((await capture(text.replace('"OBSERVE"', ' "OBSERVE" '))).headers.location);
    expect(utf8Decode(t.node.submitted[0]!.content)).toContain('"action": "OBSERVE" ,');
    expect(JSON.parse(utf8Decode(t.node.submitted[0]!.content) ?? '')).toEqual(document(event(A)));
  });

  it('waits for a full pool instead of giving up', async () => {
    let refusals = 2;
    t.node.decide = () =>
      refusals-- > 0 ? { refuse: 'POOL_FULL' } : { status: 'final', position: { height: 1, index: 0 } };
    expect(await jobOf((await capture(document(event(A)), 'proceed')).headers.location)).toMatchObject({
      success: true,
    });
  });

  it.each([
    ['no JSON', '{', 'JSON_SYNTAX'],
    ['a forbidden key', '{"type":"EPCISDocument","__proto__":{}}', 'JSON_FORBIDDEN_KEY'],
    ['no document', '{}', 'EPCIS_'],
    ['an event without a time', JSON.stringify(document(event(A, { eventTime: undefined }))), 'EPCIS_MISSING_FIELD'],
  ])('refuses at reception: %s', async (_what, text, code) => {
    const answer = await capture(text);
    expect(answer.statusCode).toBe(400);
    const problem = answer.json<{ type: string; code: string; errors: { pointer: string }[] }>();
    expect(problem.type).toBe('epcisException:ValidationException');
    expect(problem.code).toContain(code);
    expect(t.node.submitted).toHaveLength(0);
  });

  it('points at what is wrong', async () => {
    const answer = await capture(document(event(A), event(B, { action: 'SEE' })));
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/epcisBody/eventList/1/action' }] });
  });

  it('takes more than 1 MiB only event by event', async () => {
    const large = document(
      event(A, { 'https://example.org/note': 'x'.repeat(700_000) }),
      event(B, { 'https://example.org/note': 'y'.repeat(700_000) }),
    );
    const whole = await capture(large);
    expect(whole.statusCode).toBe(413);
    expect(whole.json()).toMatchObject({
      type: 'epcisException:CaptureLimitExceededException',
      code: 'API_BODY_TOO_LARGE',
    });
    expect((await capture(large, 'proceed')).statusCode).toBe(202);
  });

  it('refuses a behaviour that the standard does not know', async () => {
    expect((await capture(document(event(A)), 'all')).statusCode).toBe(400);
  });

  it('signs each entry as the organisation', async () => {
    await jobOf((await capture(document(event(A)))).headers.location);
    const statement = decodeStatement(t.node.submitted[0]!.statement);
    expect(statement).toMatchObject({ ok: true, value: { issuer: t.self.did, kind: 'epcis.capture' } });
  });

  it('lists the jobs', async () => {
    await jobOf((await capture(document(event(A)))).headers.location);
    const list = await t.inject({ method: 'GET', url: '/epcis/capture', headers: AUTHORIZED });
    expect(list.json<object[]>()).toHaveLength(1);
  });
});
