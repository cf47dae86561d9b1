import { describe, expect, it } from '@jest/globals';
import { readBareEvent } from '../../src/http/epcis/bare-event.js';
import { ApiProblem, type ProblemDetail } from '../../src/http/problem/problem.js';

const event = (overrides: object) => ({
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  type: 'ObjectEvent',
  eventTime: '2026-01-01T10:00:00.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
  epcList: ['urn:epc:id:sgtin:9521234.056789.1'],
  ...overrides,
});

function problemsOf(overrides: object): readonly ProblemDetail[] {
  try {
    readBareEvent(Buffer.from(JSON.stringify(event(overrides))));
    return [];
  } catch (thrown) {
    if (thrown instanceof ApiProblem) return thrown.errors;
    throw thrown;
  }
}

describe('an event with a mistake in it is refused with a pointer and a sentence', () => {
  it.each<[string, object, string, RegExp]>([
    ['a misspelled business step', { bizStep: 'shiping' }, '/bizStep', /"shiping" is no business step.*"shipping"\?/],
    [
      'a business step of one’s own',
      { bizStep: 'polishing_and_waxing' },
      '/bizStep',
      /a term of your own is written as a URI/,
    ],
    [
      'a business step with a hyphen',
      { bizStep: 'In-Transit', disposition: 'in_transit' },
      '/bizStep',
      /EPCIS_BAD_VALUE|bare CBV word/,
    ],
    ['a misspelled disposition', { disposition: 'intransit' }, '/disposition', /"in_transit"\?/],
    ['a business step as a CBV URN', { bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }, '/bizStep', /bare CBV word/],
    [
      'an unknown lasting disposition',
      { persistentDisposition: { set: ['recalled', 'recaled'] } },
      '/persistentDisposition/set/1',
      /"recalled"\?/,
    ],
    [
      'an unknown document type',
      { bizTransactionList: [{ type: 'invoice', bizTransaction: 'urn:x:1' }] },
      '/bizTransactionList/0/type',
      /business transaction type/,
    ],
    [
      'an unknown party type',
      { destinationList: [{ type: 'owner', destination: 'urn:epc:id:pgln:9521234.00001' }] },
      '/destinationList/0/type',
      /destination type/,
    ],
    [
      'an unknown measurement',
      {
        sensorElementList: [{ sensorReport: [{ type: 'Temperatur', value: 4, uom: 'CEL' }] }],
      },
      '/sensorElementList/0/sensorReport/0/type',
      /"Temperature"\?/,
    ],
    [
      'corrections of what did not occur',
      {
        errorDeclaration: {
          declarationTime: '2026-01-02T10:00:00Z',
          reason: 'did_not_occur',
          correctiveEventIDs: ['urn:uuid:00000000-0000-4000-8000-000000000001'],
        },
      },
      '/errorDeclaration/correctiveEventIDs',
      /did not occur/,
    ],
    [
      'a lasting disposition of an aggregation',
      {
        type: 'AggregationEvent',
        epcList: undefined,
        parentID: 'urn:epc:id:sscc:9521234.0000000001',
        childEPCs: ['urn:epc:id:sgtin:9521234.056789.1'],
        persistentDisposition: { set: ['recalled'] },
      },
      '/persistentDisposition',
      /ObjectEvent or a TransformationEvent/,
    ],
    ['a wrong check digit', { epcList: ['https://id.gs1.org/01/09521234567890/21/1'] }, '/epcList/0', /check digit/],
    ['a document where one event is meant', { type: 'EPCISDocument' }, '/type', /document/],
  ])('%s', (_what, overrides, pointer, sentence) => {
    const problems = problemsOf(overrides);
    expect(problems.map((problem) => problem.pointer)).toContain(pointer);
    expect(problems.find((problem) => problem.pointer === pointer)?.detail).toMatch(sentence);
  });

  it('names every wrong word, not only the first', () => {
    expect(problemsOf({ bizStep: 'shiping', disposition: 'lost' }).map(({ pointer }) => pointer)).toEqual([
      '/bizStep',
      '/disposition',
    ]);
  });

  it('leaves terms of other vocabularies and events of extensions alone', () => {
    expect(problemsOf({ bizStep: 'https://example.org/steps/waxing' })).toEqual([]);
    expect(problemsOf({ type: 'example:SafetyEvent', bizStep: 'waxing' })).toEqual([]);
  });
});
