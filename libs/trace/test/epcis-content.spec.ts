import { describe, expect, it } from '@jest/globals';
import { parseStrictJson, utf8Encode } from '#codec';
import { epcisEntries, readEpcisContent } from '#trace';

const EVENT = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ext: 'https://example.com/ext/' }],
  type: 'ObjectEvent',
  action: 'OBSERVE',
  eventTime: '2026-03-01T12:00:00.5+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
};
const DOCUMENT = {
  '@context': EVENT['@context'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-01T12:00:00Z',
  epcisBody: { eventList: [EVENT] },
};

function read(json: unknown) {
  const parsed = parseStrictJson(utf8Encode(JSON.stringify(json)));
  if (!parsed.ok) throw new Error(parsed.code);
  return readEpcisContent(parsed.value);
}

describe('readEpcisContent', () => {
  it('reads an event with its items, roles and quantities, keeping decimals as they were written', () => {
    const text = JSON.stringify({
      ...EVENT,
      type: 'AggregationEvent',
      epcList: undefined,
      parentID: 'urn:epc:id:sscc:0614141.1234567890',
      childEPCs: ['https://example.org/01/10614141073464/21/2017'],
      childQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 'Q', uom: 'KGM' }],
      readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' },
      'ext:shift': { nested: [1] },
    }).replace('"Q"', '200.50');
    const parsed = parseStrictJson(utf8Encode(text));
    const content = parsed.ok ? readEpcisContent(parsed.value) : parsed;
    if (!content.ok) throw new Error(content.code);
    expect(content.value.events).toMatchObject([
      {
        index: 0,
        pointer: '',
        eventTime: '2026-03-01T12:00:00.5+01:00',
        eventTimeMs: Date.UTC(2026, 2, 1, 11, 0, 0, 500),
        readPoint: { key: 'https://id.gs1.org/414/4012345000054' },
        items: [
          {
            role: 'parent',
            id: { key: 'https://id.gs1.org/00/106141412345678908', kind: 'instance' },
            quantity: undefined,
          },
          {
            role: 'child',
            id: { key: 'https://id.gs1.org/01/10614141073464/21/2017' },
            text: 'https://example.org/01/10614141073464/21/2017',
          },
          { role: 'child', id: { kind: 'lot' }, quantity: { value: '200.50', uom: 'KGM' } },
        ],
      },
    ]);
  });

  it('takes an event of an extension’s type, with the items that it names', () => {
    const content = read({ ...EVENT, type: 'ext:WeighingEvent', action: undefined });
    expect(content).toMatchObject({
      ok: true,
      value: { events: [{ type: 'ext:WeighingEvent', items: [{ role: 'epc' }] }] },
    });
  });

  const event = (change: object): unknown => ({ ...EVENT, ...change });
  const inDocument = (change: object): unknown => ({ ...DOCUMENT, epcisBody: { eventList: [EVENT, event(change)] } });

  it.each<[string, unknown, string, string]>([
    ['a list', [], 'EPCIS_NOT_A_DOCUMENT', ''],
    ['a query document', { ...DOCUMENT, type: 'EPCISQueryDocument' }, 'EPCIS_NOT_A_DOCUMENT', '/type'],
    ['no type', event({ type: undefined }), 'EPCIS_MISSING_FIELD', ''],
    ['an unknown type', event({ type: 'SomethingEvent' }), 'EPCIS_BAD_VALUE', '/type'],
    ['no context', event({ '@context': undefined }), 'EPCIS_MISSING_FIELD', ''],
    ['a context of numbers', event({ '@context': [1] }), 'EPCIS_BAD_VALUE', '/@context'],
    ['no events', { ...DOCUMENT, epcisBody: { eventList: [] } }, 'EPCIS_EVENT_COUNT', '/epcisBody/eventList'],
    [
      '1,001 events',
      { ...DOCUMENT, epcisBody: { eventList: Array(1001).fill(EVENT) } },
      'EPCIS_EVENT_COUNT',
      '/epcisBody/eventList',
    ],
    [
      'an event that is a text',
      { ...DOCUMENT, epcisBody: { eventList: ['x'] } },
      'EPCIS_BAD_TYPE',
      '/epcisBody/eventList/0',
    ],
    ['no body', { ...DOCUMENT, epcisBody: undefined }, 'EPCIS_MISSING_FIELD', ''],
    ['an unknown document field', { ...DOCUMENT, _comment: 'x' }, 'EPCIS_UNKNOWN_FIELD', '/_comment'],
    ['a bad creation date', { ...DOCUMENT, creationDate: 'today' }, 'EPCIS_BAD_VALUE', '/creationDate'],
    ['no eventTime', event({ eventTime: undefined }), 'EPCIS_MISSING_FIELD', ''],
    [
      'an eventTime without offset',
      inDocument({ eventTime: '2026-03-01T12:00:00' }),
      'EPCIS_BAD_TIME',
      '/epcisBody/eventList/1/eventTime',
    ],
    ['an offset of 15 hours', event({ eventTimeZoneOffset: '+15:00' }), 'EPCIS_BAD_VALUE', '/eventTimeZoneOffset'],
    ['no action', event({ action: undefined }), 'EPCIS_MISSING_FIELD', ''],
    ['an unknown action', event({ action: 'PACK' }), 'EPCIS_BAD_VALUE', '/action'],
    [
      'an action on a transformation',
      event({ type: 'TransformationEvent', epcList: undefined }),
      'EPCIS_UNKNOWN_FIELD',
      '/action',
    ],
    ['an unknown field', event({ shift: 1 }), 'EPCIS_UNKNOWN_FIELD', '/shift'],
    [
      'a bizStep spelled as a CBV URN',
      event({ bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }),
      'EPCIS_BAD_VALUE',
      '/bizStep',
    ],
    ['a disposition of two words', event({ disposition: 'in transit' }), 'EPCIS_BAD_VALUE', '/disposition'],
    ['nothing that the event is about', event({ epcList: undefined }), 'EPCIS_NO_ITEMS', ''],
    ['an item that is no URI', event({ epcList: ['2017'] }), 'EPCIS_BAD_URI', '/epcList/0'],
    ['an item that is a number', event({ epcList: [2017] }), 'EPCIS_BAD_URI', '/epcList/0'],
    [
      'a wrong check digit on id.gs1.org',
      event({ epcList: ['https://id.gs1.org/01/10614141073465/21/1'] }),
      'GS1_BAD_CHECK_DIGIT',
      '/epcList/0',
    ],
    ['a malformed EPC URN', event({ epcList: ['urn:epc:id:sgtin:0614141.1.1'] }), 'GS1_MALFORMED_KEY', '/epcList/0'],
    ['an item twice', event({ epcList: ['urn:x:1', 'urn:x:1'] }), 'EPCIS_DUPLICATE_ITEM', '/epcList/1'],
    ['an eventID of 513 characters', event({ eventID: `urn:${'x'.repeat(509)}` }), 'EPCIS_BAD_URI', '/eventID'],
    [
      'a quantity as text',
      event({ quantityList: [{ epcClass: 'urn:x:1', quantity: '5' }] }),
      'EPCIS_BAD_TYPE',
      '/quantityList/0/quantity',
    ],
    [
      'an extension in a quantity element',
      event({ quantityList: [{ epcClass: 'urn:x:1', 'ext:a': 1 }] }),
      'EPCIS_UNKNOWN_FIELD',
      '/quantityList/0/ext:a',
    ],
    [
      'a unit in lower case',
      event({ quantityList: [{ epcClass: 'urn:x:1', quantity: 5, uom: 'kg' }] }),
      'EPCIS_BAD_VALUE',
      '/quantityList/0/uom',
    ],
    ['ilmd without ADD', event({ ilmd: {} }), 'EPCIS_MISPLACED_FIELD', '/ilmd'],
    [
      'an association without parent',
      event({ type: 'AssociationEvent', epcList: undefined, childEPCs: ['urn:x:1'] }),
      'EPCIS_MISSING_FIELD',
      '',
    ],
    [
      'an aggregation without children',
      event({ type: 'AggregationEvent', epcList: undefined, parentID: 'urn:x:1' }),
      'EPCIS_NO_ITEMS',
      '',
    ],
    [
      'a transaction event without transaction',
      event({ type: 'TransactionEvent', bizTransactionList: [] }),
      'EPCIS_MISSING_FIELD',
      '',
    ],
    [
      'a transformation without outputs',
      { ...EVENT, type: 'TransformationEvent', action: undefined, epcList: undefined, inputEPCList: ['urn:x:1'] },
      'EPCIS_NO_ITEMS',
      '',
    ],
    ['a source without type', event({ sourceList: [{ source: 'urn:x:1' }] }), 'EPCIS_MISSING_FIELD', '/sourceList/0'],
    [
      'an empty persistentDisposition',
      event({ persistentDisposition: {} }),
      'EPCIS_MISSING_FIELD',
      '/persistentDisposition',
    ],
    ['a readPoint that is a text', event({ readPoint: 'urn:x:1' }), 'EPCIS_BAD_TYPE', '/readPoint'],
    ['an error declaration without time', event({ errorDeclaration: {} }), 'EPCIS_MISSING_FIELD', '/errorDeclaration'],
    [
      'a sensor value as text',
      event({ sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: '5' }] }] }),
      'EPCIS_BAD_VALUE',
      '/sensorElementList/0/sensorReport/0/value',
    ],
    [
      'a sensor element without report',
      event({ sensorElementList: [{ sensorReport: [] }] }),
      'EPCIS_MISSING_FIELD',
      '/sensorElementList/0/sensorReport',
    ],
    [
      'more items than an entry may name',
      event({ epcList: Array.from({ length: 10_001 }, (_, i) => `urn:x:${i}`) }),
      'EPCIS_TOO_MANY_ITEMS',
      '',
    ],
  ])('refuses %s', (_name, json, code, pointer) => {
    expect(read(json)).toMatchObject({ ok: false, code, pointer });
  });
});

describe('epcisEntries', () => {
  const text = JSON.stringify(
    {
      ...DOCUMENT,
      epcisBody: {
        eventList: [
          { ...EVENT, eventID: 'urn:x:a' },
          { ...EVENT, 'ext:note': 'Öl' },
        ],
      },
    },
    null,
    2,
  );
  const bytes = utf8Encode(text);

  it('cuts a document into one entry per event, from the author’s own bytes', () => {
    const drafts = epcisEntries(bytes, 'proceed');
    if (!drafts.ok) throw new Error(drafts.code);
    expect(drafts.value.map(({ subject }) => subject)).toEqual([
      'urn:x:a',
      'https://id.gs1.org/01/10614141073464/21/2017',
    ]);
    for (const [i, { content }] of drafts.value.entries()) {
      const cut = JSON.parse(Buffer.from(content).toString()) as typeof DOCUMENT;
      expect(cut).toEqual({ ...DOCUMENT, epcisBody: { eventList: [JSON.parse(text).epcisBody.eventList[i]] } });
      expect(text.replace(/\s/g, '')).toContain(JSON.stringify(cut.epcisBody.eventList[0]));
    }
  });

  it('leaves the document as it is in rollback mode, and a bare event in both', () => {
    expect(epcisEntries(bytes, 'rollback')).toMatchObject({ value: [{ kind: 'epcis.capture', subject: 'urn:x:a' }] });
    const drafts = epcisEntries(bytes, 'rollback');
    expect(drafts.ok && drafts.value[0]?.content).toBe(bytes);
    const bare = utf8Encode(JSON.stringify(EVENT));
    for (const mode of ['rollback', 'proceed'] as const) {
      const one = epcisEntries(bare, mode);
      expect(one.ok && one.value.map(({ content }) => content)).toEqual([bare]);
    }
  });

  it('cuts out a member that stands twice, keeping the last and every other byte', () => {
    const twice =
      '{ "type" :"EPCISDocument", "a":1 , "\\u0061": {"b":[{"c":1,"c":2.50}], "b": [ 3 ]},\n"epcisBody":{} }';
    const drafts = epcisEntries(utf8Encode(twice), 'rollback');
    expect(drafts.ok && Buffer.from(drafts.value[0]?.content ?? []).toString()).toBe(
      '{ "type" :"EPCISDocument", "\\u0061": {"b": [ 3 ]},\n"epcisBody":{} }',
    );
  });

  it('refuses what is no strict JSON', () => {
    expect(epcisEntries(utf8Encode('{"a":1,"a":2'), 'proceed')).toMatchObject({ ok: false, code: 'JSON_SYNTAX' });
    expect(epcisEntries(utf8Encode('{"__proto__":1}'), 'proceed')).toMatchObject({
      ok: false,
      code: 'JSON_FORBIDDEN_KEY',
    });
    expect(epcisEntries(Uint8Array.of(0xff), 'proceed')).toMatchObject({ ok: false, code: 'JSON_NOT_UTF8' });
  });
});
