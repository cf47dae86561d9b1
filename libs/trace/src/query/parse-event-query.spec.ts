import { describe, expect, it } from '@jest/globals';
import type { EventQuery } from './event-query.types.js';
import { parseEventQuery } from './parse-event-query.js';

const EX = 'http://example.com/epcis/';
const NAMESPACES = new Map([['ex', EX]]);

function parse(parameters: Readonly<Record<string, string | readonly string[]>>): ReturnType<typeof parseEventQuery> {
  return parseEventQuery(new Map(Object.entries(parameters)), NAMESPACES);
}
function parsed(parameters: Readonly<Record<string, string | readonly string[]>>): EventQuery {
  const query = parse(parameters);
  if (!query.ok) throw new Error(`${query.detail} (${query.pointer})`);
  return query.value;
}

describe('the parameters of an EPCIS query', () => {
  it('are values parted by a bar in a URL, and lists in a body', () => {
    const shipping = { kind: 'term', field: 'bizStep', values: ['shipping', 'receiving'] };
    expect(parsed({ EQ_bizStep: 'shipping|receiving' }).predicates).toEqual([shipping]);
    expect(parsed({ EQ_bizStep: ['shipping', 'receiving'] }).predicates).toEqual([shipping]);
    expect(parsed({ EQ_stringValue: ['a|b'] }).predicates).toMatchObject([{ test: { values: [{ text: 'a|b' }] } }]);
  });

  it.each([
    ['urn:epc:id:sgtin:0614141.107346.2017'],
    ['https://id.gs1.org/01/10614141073464/21/2017'],
    ['https://shop.example/p/01/10614141073464/21/2017?x=y'],
  ])('name an item in any spelling: %s', (spelling) => {
    expect(parsed({ MATCH_anyEPC: spelling }).predicates).toMatchObject([
      { kind: 'item', byQuantity: false, match: { keys: ['https://id.gs1.org/01/10614141073464/21/2017'], like: [] } },
    ]);
  });

  it('name items by a pattern, and classes by the same', () => {
    const pattern = 'urn:epc:idpat:sgtin:0614141.107346.*';
    expect(parsed({ MATCH_epc: pattern }).predicates).toMatchObject([
      { match: { keys: [], like: ['https://id.gs1.org/01/10614141073464/21/_%'] } },
    ]);
    expect(parsed({ MATCH_epcClass: pattern }).predicates).toMatchObject([
      { match: { keys: ['https://id.gs1.org/01/10614141073464'], like: [] } },
    ]);
  });

  it('ask for a place alone, or for all that is below it', () => {
    expect(parsed({ WD_readPoint: 'urn:epc:id:sgln:4012345.00005.0' }).predicates).toEqual([
      {
        kind: 'place',
        field: 'readPoint',
        match: { keys: ['https://id.gs1.org/414/4012345000054'], like: [] },
        withDescendants: true,
      },
    ]);
    expect(parsed({ EQ_readPoint: 'urn:x:y' }).predicates).toMatchObject([{ withDescendants: false }]);
  });

  it.each([
    ['urn:epcglobal:cbv:bizstep:shipping', ['shipping']],
    ['https://ref.gs1.org/cbv/BizStep-shipping', ['shipping']],
    ['ex:thinking', ['ex:thinking', `${EX}thinking`]],
    ['http://example.com/thinking', ['http://example.com/thinking']],
  ])('take a business step as %s', (text, values) => {
    expect(parsed({ EQ_bizStep: text }).predicates).toEqual([{ kind: 'term', field: 'bizStep', values }]);
  });

  it('spell the time of an error declaration as the URL form and as the schema do', () => {
    const time = '2026-01-31T12:00:00Z';
    expect(parsed({ GE_errorDeclarationTime: time })).toEqual(parsed({ GE_errorDeclaration_Time: time }));
  });

  it.each([
    ['ex:a', { namespace: EX, local: 'a' }],
    [`${EX}a`, { namespace: EX, local: 'a' }],
    ['cbvmda:lotNumber', { namespace: 'urn:epcglobal:cbv:mda:', local: 'lotNumber' }],
    ['urn:epcglobal:cbv:mda:lotNumber', { namespace: 'urn:epcglobal:cbv:mda:', local: 'lotNumber' }],
    ['other:a', { prefix: 'other', local: 'a' }],
  ])('name an extension field as %s', (text, name) => {
    expect(parsed({ [`EQ_ILMD_${text}`]: '1' }).predicates).toMatchObject([
      { kind: 'field', scopes: ['ilmd'], inner: false, name },
    ]);
  });

  it('compare numbers by value and times in any zone', () => {
    expect(parsed({ 'GE_INNER_SENSORREPORT_ex:a': '2.50e1' }).predicates).toMatchObject([
      { scopes: ['sensorReport'], inner: true, test: { op: 'GE', value: { number: '25' } } },
    ]);
    expect(parsed({ 'LT_ex:a': '2026-01-01T01:00:00+01:00' }).predicates).toMatchObject([
      { scopes: ['event'], test: { op: 'LT', value: { time: Date.UTC(2026, 0, 1) } } },
    ]);
    expect(parsed({ LE_maxValue_CEL: '-0.50' }).predicates).toEqual([
      {
        kind: 'sensorMeasure',
        field: 'maxValue',
        measure: { unit: 'temperature', test: { op: 'LE', value: '2453.85' } },
      },
    ]);
  });

  it('ask for nothing when existence is not asked for', () => {
    expect(parsed({ EXISTS_errorDeclaration: 'false', 'EXISTS_ex:a': 'false' }).predicates).toEqual([]);
    expect(parsed({ EXISTS_errorDeclaration: 'true', 'EXISTS_ex:a': '' }).predicates).toHaveLength(2);
  });

  it('put the latest event first when no order is asked for', () => {
    expect(parsed({}).order).toEqual({ by: { field: 'eventTime' }, direction: 'DESC' });
    expect(parsed({ orderBy: 'ex:a', orderDirection: 'ASC', eventCountLimit: '5', perPage: '10', nextPageToken: 'x' })).toEqual({
      predicates: [],
      order: { by: { field: 'extension', name: { namespace: EX, local: 'a' } }, direction: 'ASC' },
      eventCountLimit: 5,
      maxEventCount: undefined,
      perPage: 10,
      nextPageToken: 'x',
    });
  });

  it.each([
    ['EQ_bizSteps', 'shipping'],
    ['EQ_', 'x'],
    ['GT_bizStep', 'x'],
    ['GE_eventTime_', '2026-01-01T00:00:00Z'],
    ['GT_readPoint_ex:a', '1'],
    ['EQ_value_cel', '1'],
    ['MATCH_any', 'urn:x:y'],
    ['HASATTR_', 'x'],
    ['toString', 'x'],
    ['', 'x'],
  ])('are refused when there is no such parameter: %s', (name, value) => {
    expect(parse({ [name]: value })).toMatchObject({ ok: false, code: 'EPCIS_QUERY_PARAMETER', pointer: name });
  });

  it.each([
    ['EQ_bizStep', ''],
    ['EQ_bizStep', 'no word'],
    ['EQ_bizStep', []],
    ['EQ_action', 'OBSERVED'],
    ['GE_eventTime', 'yesterday'],
    ['GE_eventTime', '2026-01-01T00:00:00'],
    ['GE_eventTime', '2026-01-01T00:00:00Z|2026-01-02T00:00:00Z'],
    ['GE_quantity', 'many'],
    ['EQ_quantity_KGM', '1|x'],
    ['GE_ex:a', 'large'],
    ['MATCH_epc', 'no uri'],
    ['MATCH_epc', 'urn:epc:id:sgtin:0614141.10734.2017'],
    ['MATCH_epc', 'https://id.gs1.org/01/10614141073465/21/1'],
    ['EQ_eventID', 'no uri'],
    ['EQ_booleanValue', 'yes'],
    ['EXISTS_errorDeclaration', 'perhaps'],
    ['EQ_hexBinaryValue', 'xyz'],
    ['orderBy', 'bizStep'],
    ['orderDirection', 'up'],
    ['perPage', '0'],
    ['maxEventCount', '-1'],
    ['EQ_stringValue', 'x'.repeat(513)],
  ])('are refused when the value is not right: %s=%s', (name, value) => {
    expect(parse({ [name]: value })).toMatchObject({ ok: false, code: 'EPCIS_QUERY_PARAMETER', pointer: name });
  });

  it('limit what is returned in one way only, and not without an order', () => {
    expect(parse({ eventCountLimit: '5' })).toMatchObject({ ok: false, pointer: 'eventCountLimit' });
    expect(parse({ orderBy: 'eventTime', eventCountLimit: '5', maxEventCount: '5' })).toMatchObject({ ok: false, pointer: 'eventCountLimit' });
    expect(parse({ maxEventCount: '5' }).ok).toBe(true);
  });

  it('are bounded in number, and their values too', () => {
    expect(parse({ EQ_stringValue: Array.from({ length: 1_001 }, () => 'x') })).toMatchObject({ ok: false, pointer: 'EQ_stringValue' });
    const many = new Map(Array.from({ length: 101 }, (_, i) => [`EQ_ex:a${i}`, 'x']));
    expect(parseEventQuery(many, NAMESPACES)).toMatchObject({ ok: false, code: 'EPCIS_QUERY_PARAMETER' });
  });
});
