import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8Decode } from '#codec';
import type { CaptureJobDto } from '#index';
import { AUTHORIZED, startTestApp, type TestApp } from './start-test-app.js';

let t: TestApp;
beforeEach(async () => {
  t = await startTestApp();
});
afterEach(() => t.close());

const MESSY = JSON.stringify({
  _comment: 'as partners send it',
  type: 'EPCISDocument',
  schemaVersion: 2.0,
  epcisBody: {
    eventList: [
      {
        isA: 'ObjectEvent',
        eventID: 'urn:uuid:00000000-0000-4000-8000-00000000000a',
        eventTime: '2026-01-01T10:00:00+01:00',
        action: 'observe',
        epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
        bizStep: 'urn:epcglobal:cbv:bizstep:shipping',
      },
    ],
  },
});
const XML = `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2026-01-01T10:00:00Z"><EPCISBody><EventList>
  <ObjectEvent><eventTime>2026-01-01T10:00:00Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
  <epcList><epc>urn:epc:id:sgtin:9521234.056789.1</epc></epcList><action>OBSERVE</action></ObjectEvent></EventList></EPCISBody></e:EPCISDocument>`;

function capture(payload: string, query = '?repair=report', type = 'application/json', behaviour = 'rollback') {
  const headers = { ...AUTHORIZED, 'content-type': type, 'gs1-capture-error-behaviour': behaviour };
  return t.inject({ method: 'POST', url: `/epcis/capture${query}`, headers, payload });
}

async function jobOf(location: unknown): Promise<CaptureJobDto> {
  for (;;) {
    const job = (await t.inject({ method: 'GET', url: location as string, headers: AUTHORIZED })).json<CaptureJobDto>();
    if (!job.running) return job;
    await new Promise((resume) => setTimeout(resume, 5));
  }
}

const contents = (): readonly Uint8Array[] => t.node.submitted.map(({ content }) => content);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('POST /epcis/events?repair=report', () => {
  const post = (payload: string, type = 'application/json', query = '?repair=report') =>
    t.inject({
      method: 'POST',
      url: `/epcis/events${query}`,
      headers: { ...AUTHORIZED, 'content-type': type },
      payload,
    });
  const EVENT = JSON.stringify({
    '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    isA: 'ObjectEvent',
    eventTime: '2026-01-01T10:00:00Z',
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
  });

  it.each([
    ['a bare event', EVENT, 'application/json', 'REPAIR_FIELD_NAME'],
    ['an XML document of one event', XML, 'application/xml', 'REPAIR_FROM_XML'],
  ])('records %s, and lists the repairs beside the event', async (_what, sent, type, code) => {
    expect([400, 415]).toContain((await post(sent, type, '')).statusCode);
    const answer = await post(sent, type);
    expect(answer.statusCode).toBe(201);
    const { event, repairs, originalSha256 } = answer.json<{
      event: { eventID: string };
      repairs: { code: string }[];
      originalSha256: string;
    }>();
    expect(event).toMatchObject({ type: 'ObjectEvent', eventID: expect.stringMatching(/^urn:uuid:/) });
    expect(answer.headers.location).toBe(`/epcis/events/${encodeURIComponent(event.eventID)}`);
    expect(answer.headers['lading-event-hash']).toMatch(/^ni:/);
    expect(answer.headers['lading-event-hash-check']).toBe('absent');
    expect(repairs.map((repair) => repair.code)).toContain(code);
    expect(originalSha256).toBe(hashOf(sent));
    expect(utf8Decode(contents()[0] as Uint8Array)).toContain(hashOf(sent));
  });

  it('refuses a document of several events', async () => {
    const one = /<ObjectEvent>.*<\/ObjectEvent>/s.exec(XML)?.[0] ?? '';
    const answer = await post(XML.replace('</EventList>', `${one}</EventList>`), 'application/xml');
    expect(answer.json()).toMatchObject({ status: 400, code: 'EPCIS_EVENT_COUNT' });
    expect(contents()).toHaveLength(0);
  });
});

describe('POST /epcis/capture?repair=report', () => {
  it('records the repaired document with the hash of what was sent, and lists every repair in answer and job', async () => {
    expect((await capture(MESSY, '')).statusCode).toBe(400);
    const answer = await capture(MESSY);
    expect(answer.statusCode).toBe(202);
    const report = answer.json<{ originalSha256: string; repairs: { code: string }[] }>();
    expect(report.originalSha256).toBe(hashOf(MESSY));
    expect(report.repairs.map(({ code }) => code)).toEqual([
      'REPAIR_COMMENT',
      'REPAIR_TEXT',
      'REPAIR_FIELD_NAME',
      'REPAIR_LETTER_CASE',
      'REPAIR_TIME_ZONE_OFFSET',
      'REPAIR_CBV_WORD',
      'REPAIR_DOCUMENT_FIELD',
      'REPAIR_DOCUMENT_FIELD',
    ]);
    expect(await jobOf(answer.headers.location)).toMatchObject({ success: true, ...report });
    const recorded = JSON.parse(utf8Decode(contents()[0] as Uint8Array) as string) as object;
    expect(recorded).toMatchObject({
      'urn:lading:originalSha256': hashOf(MESSY),
      epcisBody: { eventList: [{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping' }] },
    });
  });

  it.each(['application/xml', 'text/xml; charset=utf-8'])(
    'reads %s, which is not read without repair',
    async (type) => {
      expect((await capture(XML, '', type)).statusCode).toBe(415);
      const answer = await capture(XML, '?repair=report', type);
      expect(answer.statusCode).toBe(202);
      expect(answer.json()).toMatchObject({ repairs: [{ code: 'REPAIR_FROM_XML' }], originalSha256: hashOf(XML) });
      expect(await jobOf(answer.headers.location)).toMatchObject({ success: true });
    },
  );

  it('records the good events when one cannot be repaired, in proceed mode', async () => {
    const document = JSON.parse(MESSY) as { epcisBody: { eventList: object[] } };
    document.epcisBody.eventList.push({ isA: 'ObjectEvent', eventTime: 'last Monday', action: 'ADD', epcList: [] });
    const text = JSON.stringify(document);
    expect((await capture(text)).statusCode).toBe(400);
    const answer = await capture(text, '?repair=report', 'application/json', 'proceed');
    expect(answer.statusCode).toBe(202);
    const job = await jobOf(answer.headers.location);
    expect(job).toMatchObject({ success: false, errors: [{ code: 'EPCIS_BAD_TIME' }] });
    expect(job.errors).toHaveLength(1);
    expect(contents()).toHaveLength(1);
    expect(utf8Decode(contents()[0] as Uint8Array)).toContain(hashOf(text));
  });

  it('records a strictly valid document byte for byte, with an empty list', async () => {
    const valid = MESSY.replace(
      '"_comment":"as partners send it"',
      '"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"',
    )
      .replace('"schemaVersion":2', '"creationDate":"2026-01-01T10:00:00Z","schemaVersion":"2.0"')
      .replace('"isA"', '"eventTimeZoneOffset":"+01:00","type"')
      .replace('observe', 'OBSERVE')
      .replace('urn:epcglobal:cbv:bizstep:', '');
    const answer = await capture(valid);
    expect(answer.json()).toEqual({ repairs: [], originalSha256: hashOf(valid) });
    await jobOf(answer.headers.location);
    expect(utf8Decode(contents()[0] as Uint8Array)).toBe(valid);
  });

  it('refuses what is no repair mode, and what it cannot read', async () => {
    expect((await capture(MESSY, '?repair=yes')).json()).toMatchObject({ code: 'API_INVALID_REQUEST' });
    expect((await capture('<a/>', undefined, 'text/xml')).json()).toMatchObject({
      code: 'EPCIS_XML_NOT_EPCIS',
      status: 400,
    });
  });
});
