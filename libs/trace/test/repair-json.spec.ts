import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJson, sha256, toHex, utf8Decode, utf8Encode } from '#codec';
import { ORIGINAL_HASH_FIELD, readEpcisContent, repairDocument, REPAIR_CODES, type Repair } from '#trace';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const EVENT = {
  type: 'ObjectEvent',
  eventTime: '2026-03-04T05:06:07.000+01:00',
  eventTimeZoneOffset: '+01:00',
  action: 'OBSERVE',
  bizStep: 'shipping',
  epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
};

function documentWith(event: object, members: object = {}): object {
  return {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-05T00:00:00Z',
    ...members,
    epcisBody: { eventList: [{ ...EVENT, ...event }] },
  };
}

function repair(json: object | string) {
  return repairDocument(utf8Encode(typeof json === 'string' ? json : JSON.stringify(json)), 'application/json');
}

/** The text of the repaired document, and the repairs. */
function repaired(json: object | string): {
  text: string;
  document: Record<string, unknown>;
  repairs: readonly Repair[];
} {
  const result = repair(json);
  if (!result.ok) throw new Error(`${result.code} ${result.pointer} ${result.detail}`);
  const strict = parseStrictJson(result.value.document);
  expect(strict.ok && readEpcisContent(strict.value).ok).toBe(true);
  const text = utf8Decode(result.value.document) as string;
  return { text, document: JSON.parse(text) as Record<string, unknown>, repairs: result.value.repairs };
}

function repairedEvent(event: object) {
  const { document, repairs, text } = repaired(documentWith(event));
  return { event: (document.epcisBody as { eventList: Record<string, unknown>[] }).eventList[0], repairs, text };
}

const AT_EVENT = '/epcisBody/eventList/0';

describe('repairing EPCIS JSON', () => {
  it('writes CBV terms that are spelled as URIs as bare words, each kind in its own place', () => {
    const { event, repairs } = repairedEvent({
      bizStep: 'urn:epcglobal:cbv:bizstep:receiving',
      disposition: 'https://ref.gs1.org/cbv/Disp-in_progress',
      bizTransactionList: [{ type: 'urn:epcglobal:cbv:btt:po', bizTransaction: 'urn:example:po:1' }],
      sourceList: [{ type: 'https://ns.gs1.org/cbv/SDT-owning_party', source: 'urn:epc:id:pgln:9521234.00001' }],
    });
    expect(event).toMatchObject({
      bizStep: 'receiving',
      disposition: 'in_progress',
      bizTransactionList: [{ type: 'po' }],
      sourceList: [{ type: 'owning_party' }],
    });
    expect(repairs.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['REPAIR_CBV_WORD', `${AT_EVENT}/bizStep`],
      ['REPAIR_CBV_WORD', `${AT_EVENT}/disposition`],
      ['REPAIR_CBV_WORD', `${AT_EVENT}/bizTransactionList/0/type`],
      ['REPAIR_CBV_WORD', `${AT_EVENT}/sourceList/0/type`],
    ]);
    expect(repairs[0]).toMatchObject({ before: '"urn:epcglobal:cbv:bizstep:receiving"', after: '"receiving"' });
  });

  it('refuses a CBV term of another kind than its place wants', () => {
    expect(repair(documentWith({ bizStep: 'urn:epcglobal:cbv:disp:in_transit' }))).toMatchObject({
      ok: false,
      code: 'EPCIS_BAD_VALUE',
      pointer: `${AT_EVENT}/bizStep`,
    });
  });

  it.each([
    ['1.50', '1.50'],
    ['12345678901234567890.10', '12345678901234567890.10'],
    ['+7', '7'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.0', '-0.0'],
    ['1E3', '1E3'],
  ])('writes the quantity "%s" as the number %s', (text, number) => {
    const quantityList = [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A', quantity: ` ${text} `, uom: 'kgm' }];
    const result = repairedEvent({ quantityList });
    expect(result.text).toContain(`"quantity":${number},"uom":"KGM"`);
  });

  it.each(['1,5', '1 000', '.', '', '-', 'NaN', '1e', '0x10', '12 kg'])(
    'does not read "%s" as a quantity',
    (quantity) => {
      const result = repair(
        documentWith({ quantityList: [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A', quantity }] }),
      );
      if (result.ok) expect(utf8Decode(result.value.document)).not.toContain('"quantity"');
      else expect(result).toMatchObject({ code: 'EPCIS_BAD_TYPE', pointer: `${AT_EVENT}/quantityList/0/quantity` });
    },
  );

  it('takes a missing eventTimeZoneOffset from eventTime, and guesses none', () => {
    expect(repairedEvent({ eventTimeZoneOffset: undefined }).event).toMatchObject({ eventTimeZoneOffset: '+01:00' });
    expect(repairedEvent({ eventTimeZoneOffset: '+0130' }).event).toMatchObject({ eventTimeZoneOffset: '+01:30' });
    expect(repairedEvent({ eventTime: '2026-03-04 05:06Z', eventTimeZoneOffset: undefined }).event).toMatchObject({
      eventTime: '2026-03-04T05:06:00Z',
      eventTimeZoneOffset: '+00:00',
    });
    expect(repair(documentWith({ eventTime: '2026-03-04T05:06:07', eventTimeZoneOffset: undefined }))).toMatchObject({
      ok: false,
      code: 'EPCIS_BAD_TIME',
      pointer: `${AT_EVENT}/eventTime`,
    });
  });

  it('completes a document, with a creation date that its events give', () => {
    const { document, repairs } = repaired({ epcisBody: { eventList: [EVENT] } });
    expect(document).toMatchObject({
      '@context': CONTEXT,
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: EVENT.eventTime,
    });
    expect(repairs.map(({ code }) => code)).toEqual(Array(4).fill('REPAIR_DOCUMENT_FIELD'));
  });

  it('leaves out comments, keeps other unknown fields as extensions, and drops blank node ids', () => {
    const { document, repairs } = repaired(
      documentWith({ lotNumber: 'A/1' }, { _comment: 'by hand', id: '_:doc', 'our ref': 7 }),
    );
    expect(document).not.toHaveProperty('_comment');
    expect(document).not.toHaveProperty('id');
    expect(document).toMatchObject({
      'urn:lading:unknown:our%20ref': 7,
      epcisBody: { eventList: [{ 'urn:lading:unknown:lotNumber': 'A/1' }] },
    });
    expect(repairs.map(({ code }) => code)).toEqual([
      'REPAIR_COMMENT',
      'REPAIR_UNKNOWN_FIELD',
      'REPAIR_BLANK_NODE_ID',
      'REPAIR_UNKNOWN_FIELD',
    ]);
  });

  it('refuses an unknown field where EPCIS allows no extension', () => {
    const quantityList = [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A', weight: 3 }];
    expect(repair(documentWith({ quantityList }))).toMatchObject({
      ok: false,
      code: 'EPCIS_UNKNOWN_FIELD',
      pointer: `${AT_EVENT}/quantityList/0/weight`,
    });
  });

  it('reads the layouts that translations of EPCIS 1.2 have', () => {
    const { document, repairs } = repaired({
      'epcis:EPCISDocument': {
        schemaVersion: 1.2,
        EPCISBody: {
          EventList: {
            ObjectEvent: {
              ...EVENT,
              type: undefined,
              action: 'observe',
              epcList: { epc: 'urn:epc:id:sgtin:9521234.056789.1 ' },
              readPoint: 'urn:epc:id:sgln:9521234.00001.0',
              extension: {
                quantityList: { quantityElement: { epcClass: 'urn:epc:class:lgtin:9521234.056789.A', quantity: '2' } },
              },
            },
            extension: {
              TransformationEvent: [
                {
                  eventTime: EVENT.eventTime,
                  eventTimeZoneOffset: '+01:00',
                  inputEPCList: { epc: ['urn:epc:id:sgtin:9521234.056789.2', 'urn:epc:id:sgtin:9521234.056789.2'] },
                  outputEPCList: { epc: ['urn:epc:id:sgtin:9521234.056789.3'] },
                },
              ],
            },
          },
        },
      },
    });
    expect((document.epcisBody as { eventList: unknown[] }).eventList).toEqual([
      {
        type: 'ObjectEvent',
        eventTime: EVENT.eventTime,
        eventTimeZoneOffset: '+01:00',
        action: 'OBSERVE',
        bizStep: 'shipping',
        epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
        readPoint: { id: 'urn:epc:id:sgln:9521234.00001.0' },
        quantityList: [{ epcClass: 'urn:epc:class:lgtin:9521234.056789.A', quantity: 2 }],
      },
      {
        type: 'TransformationEvent',
        eventTime: EVENT.eventTime,
        eventTimeZoneOffset: '+01:00',
        inputEPCList: ['urn:epc:id:sgtin:9521234.056789.2'],
        outputEPCList: ['urn:epc:id:sgtin:9521234.056789.3'],
      },
    ]);
    const root = '/epcis:EPCISDocument/EPCISBody/EventList';
    const places = repairs.map(({ pointer }) => pointer);
    expect(places).toContain(`${root}/ObjectEvent/extension/quantityList/quantityElement/quantity`);
    expect(places).toContain(`${root}/extension/TransformationEvent/0/inputEPCList/epc/1`);
  });

  it('turns a QuantityEvent into the ObjectEvent that says the same', () => {
    const { event } = repairedEvent({
      type: 'QuantityEvent',
      action: undefined,
      epcList: undefined,
      epcClass: 'urn:epc:idpat:sgtin:9521234.056789.*',
      quantity: '10',
    });
    expect(event).toMatchObject({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:9521234.056789.*', quantity: 10 }],
    });
  });

  it('refuses two different values for one field', () => {
    expect(repair(documentWith({ isA: 'AggregationEvent' }))).toMatchObject({
      ok: false,
      code: 'EPCIS_AMBIGUOUS_FIELD',
      pointer: `${AT_EVENT}/isA`,
    });
  });

  it('cuts a byte order mark and members that stand twice, and says what was cut', () => {
    const text = `\ufeff${JSON.stringify(documentWith({})).replace('"action"', '"eventID":"urn:example:1","eventID":"urn:example:2","action"')}`;
    const { document, repairs } = repaired(text);
    expect(document.epcisBody).toMatchObject({ eventList: [{ eventID: 'urn:example:2' }] });
    expect(repairs).toMatchObject([
      { code: 'REPAIR_BYTE_ORDER_MARK' },
      {
        code: 'REPAIR_REPEATED_MEMBER',
        pointer: `${AT_EVENT}/eventID`,
        before: JSON.stringify('"eventID":"urn:example:1"'),
      },
    ]);
  });

  it('makes a document of a bare event that it repairs, and adds the hash of what was sent', () => {
    const sent = JSON.stringify({ ...EVENT, isA: 'ObjectEvent', type: undefined });
    const { document, repairs } = repaired(sent);
    expect(document).toMatchObject({
      '@context': CONTEXT,
      type: 'EPCISDocument',
      creationDate: EVENT.eventTime,
      [ORIGINAL_HASH_FIELD]: toHex(sha256(utf8Encode(sent))),
      epcisBody: { eventList: [{ type: 'ObjectEvent' }] },
    });
    expect(repairs.map(({ code }) => code)).toEqual(['REPAIR_FIELD_NAME', 'REPAIR_DOCUMENT_FIELD']);
  });

  it('reads JSON and XML, nothing else', () => {
    expect(repairDocument(utf8Encode('a;b'), 'text/csv')).toMatchObject({ ok: false, code: 'EPCIS_MEDIA_TYPE' });
    expect(repairDocument(utf8Encode('{"a"'), 'application/json')).toMatchObject({ ok: false, code: 'JSON_SYNTAX' });
    expect(repairDocument(utf8Encode('[]'), 'application/json')).toMatchObject({
      ok: false,
      code: 'EPCIS_NOT_A_DOCUMENT',
    });
  });

  it('is described code by code in docs/reference/repair.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/repair.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(REPAIR_[A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows.sort()).toEqual([...REPAIR_CODES].sort());
  });
});

describe('a strictly valid document', () => {
  // `#1.5` stands for the number 1.5 until the JSON is written: no free text may look like it.
  const text = fc.string({ maxLength: 12 }).filter((value) => !value.startsWith('#'));
  const uri = fc.stringMatching(/^urn:example:[a-z0-9]{1,12}$/);
  const decimal = fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,12})?$/);
  const word = fc.stringMatching(/^[a-z][a-z_]{0,12}$/);
  const time = fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02t03:04:05.123456+14:00', '1999-12-31T23:59:60-03:30');
  const optional = { requiredKeys: [] };
  const event = fc.record(
    {
      type: fc.constant('ObjectEvent'),
      eventTime: time,
      eventTimeZoneOffset: fc.constantFrom('+00:00', '-03:30', '+14:00'),
      action: fc.constant('ADD'),
      epcList: fc.uniqueArray(uri, { maxLength: 3 }),
      eventID: uri,
      recordTime: time,
      bizStep: fc.oneof(word, uri),
      readPoint: fc.record({ id: uri }),
      quantityList: fc.array(fc.record({ epcClass: uri, quantity: decimal.map((n) => `#${n}`) }), {
        minLength: 1,
        maxLength: 2,
      }),
      sourceList: fc.array(fc.record({ type: word, source: uri }), { maxLength: 2 }),
      persistentDisposition: fc.record({ set: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }) }),
      ilmd: fc.dictionary(uri, fc.oneof(text, fc.integer(), fc.constant(null)), { maxKeys: 2 }),
      'ext:field': fc.oneof(text, fc.dictionary(word, text)),
      sensorElementList: fc.array(
        fc.record({
          sensorReport: fc.array(fc.record({ type: word, stringValue: text, value: decimal.map((n) => `#${n}`) }), {
            minLength: 1,
          }),
        }),
        { maxLength: 2 },
      ),
      errorDeclaration: fc.record(
        { declarationTime: time, reason: word, correctiveEventIDs: fc.array(uri, { maxLength: 2 }) },
        { requiredKeys: ['declarationTime'] },
      ),
    },
    { requiredKeys: ['type', 'eventTime', 'eventTimeZoneOffset', 'action', 'epcList'] },
  );
  const document = fc.record({
    head: fc.record({ sender: text, instanceIdentifier: text, 'ext:note': text }, optional),
    events: fc.array(event, { minLength: 1, maxLength: 3 }),
    space: fc.constantFrom(undefined, 1, '\t'),
  });

  it('comes back byte for byte, without a repair', () => {
    fc.assert(
      fc.property(document, ({ head, events, space }) => {
        const whole = {
          '@context': [CONTEXT, { ext: 'urn:example:ext:' }],
          ...documentWith({}),
          ...head,
          epcisBody: { eventList: events },
        };
        const bytes = utf8Encode(JSON.stringify(whole, null, space).replaceAll(/"#(-?[0-9.]+)"/g, '$1'));
        const strict = parseStrictJson(bytes);
        if (!strict.ok || !readEpcisContent(strict.value).ok) return; // control characters in free text
        const result = repairDocument(bytes, 'application/json');
        expect(result).toMatchObject({ ok: true, value: { repairs: [], originalSha256: toHex(sha256(bytes)) } });
        expect(result.ok && result.value.document).toBe(bytes);
      }),
      { numRuns: 150 },
    );
  });

  it('stays valid through repair once spoiled in ways that have one reading', () => {
    const spoil = fc.record({
      terms: fc.boolean(),
      offset: fc.boolean(),
      action: fc.boolean(),
      list: fc.boolean(),
      quantity: fc.boolean(),
    });
    fc.assert(
      fc.property(event, uri, spoil, (good, id, spoilt) => {
        const bad = {
          ...good,
          ...(spoilt.terms && { bizStep: 'urn:epcglobal:cbv:bizstep:packing' }),
          ...(spoilt.offset && { eventTimeZoneOffset: undefined }),
          ...(spoilt.action && { action: 'add' }),
          ...(spoilt.list && { epcList: id }),
          ...(spoilt.quantity && { quantityList: [{ epcClass: id, quantity: '1.10' }] }),
        };
        const bytes = utf8Encode(JSON.stringify(documentWith(bad)).replaceAll(/"#(-?[0-9.]+)"/g, '$1'));
        const result = repairDocument(bytes, 'application/json');
        if (!result.ok) throw new Error(`${result.code} ${result.pointer}`);
        expect(result.value.repairs).toHaveLength(Object.values(spoilt).filter(Boolean).length);
        if (spoilt.quantity) expect(utf8Decode(result.value.document)).toContain('"quantity":1.10');
        const again = repairDocument(result.value.document, 'application/json');
        expect(again).toMatchObject({ ok: true, value: { repairs: [] } });
      }),
      { numRuns: 150 },
    );
  });
});
