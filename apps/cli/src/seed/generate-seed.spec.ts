import { describe, expect, it } from '@jest/globals';
import { utf8Encode } from '#codec';
import { epcisEntries } from '#trace';
import { sampleOrganizations } from '../dev/organizations.js';
import { seedDocument } from './events.js';
import { eventCount, generateSeed } from './generate-seed.js';
import type { CaptureStep, SeedStep } from './seed.types.js';

const PARTIES = sampleOrganizations(5).map(({ did, name, gs1CompanyPrefix, gln }) => ({
  did,
  name,
  companyPrefix: gs1CompanyPrefix,
  gln,
}));

function stepsOf(events: number, seed: number, organizations = 4): SeedStep[] {
  return [...generateSeed({ events, seed, parties: PARTIES.slice(0, organizations) })].flatMap(({ steps }) => steps);
}

function captures(steps: readonly SeedStep[]): CaptureStep[] {
  return steps.filter((step) => step.kind === 'capture');
}

describe('the generator of supply chains', () => {
  it('makes the same documents of the same seed, and others of another', () => {
    const text = JSON.stringify(stepsOf(2_000, 7));
    expect(JSON.stringify(stepsOf(2_000, 7))).toBe(text);
    expect(JSON.stringify(stepsOf(2_000, 8))).not.toBe(text);
  });

  it.each([1, 99, 2_000, 25_000])('makes exactly %i events', (events) => {
    expect(eventCount(stepsOf(events, 3))).toBe(events);
  });

  it('makes documents that are valid entries', () => {
    for (const { events } of captures(stepsOf(21_000, 5))) {
      expect(events.length).toBeLessThanOrEqual(500);
      expect(epcisEntries(utf8Encode(JSON.stringify(seedDocument(events))), 'rollback')).toMatchObject({ ok: true });
    }
  });

  it('tells of every kind of thing that happens to goods', () => {
    const steps = stepsOf(20_000, 1);
    const events = captures(steps).flatMap((step) => step.events);
    const kinds = new Set(events.map(({ type, action, bizStep }) => [type, action, bizStep].filter(Boolean).join(' ')));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'TransformationEvent commissioning',
        'AggregationEvent ADD packing',
        'AggregationEvent DELETE unpacking',
        'AssociationEvent ADD installing',
        'ObjectEvent OBSERVE shipping',
        'ObjectEvent OBSERVE retail_selling',
        'ObjectEvent DELETE destroying',
      ]),
    );
    expect(JSON.stringify(events)).toContain('ALARM_CONDITION');
    expect(events.some((event) => 'errorDeclaration' in event)).toBe(true);
    const answers = new Set(steps.flatMap((step) => (step.kind === 'transfer' ? step.answer.kind : [])));
    expect(answers).toContain('acceptPart');
    expect(answers).toContain('reject');
  });

  it('lets a grower hand its raw material to the maker, where there is one', () => {
    const [grower, maker] = [PARTIES[4]?.did, PARTIES[0]?.did];
    expect(stepsOf(500, 2, 5)).toContainEqual(expect.objectContaining({ kind: 'transfer', from: grower, to: maker }));
    expect(stepsOf(500, 2, 4)).not.toContainEqual(expect.objectContaining({ from: grower }));
  });
});
