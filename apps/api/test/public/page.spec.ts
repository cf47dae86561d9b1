import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LANGUAGES } from '../../src/http/public/language.js';
import { markup } from '../../src/http/public/markup.js';
import { PAGE_BYTES_MAX, recordPage } from '../../src/http/public/page.js';
import type { PublicRecord, PublicStep } from '../../src/http/public/public-record.types.js';
import { readSubject } from '../../src/http/public/subject.js';
import { hasPassed } from '../../src/http/public/dates.js';

/** As many bytes in HTML as a character can have. */
const WIDE = '"';

function largest(stepCount: number): PublicRecord {
  const subject = readSubject('/01/09521101530001/10/L/21/S');
  if (!subject.ok) throw new Error(subject.detail);
  const entry = { entryId: 'ab'.repeat(32), height: 1_000_000_000 };
  const party = { role: 1, name: WIDE.repeat(200) } as const;
  const step: PublicStep = {
    what: WIDE.repeat(512),
    day: '2026-01-01',
    by: party,
    to: party,
    place: WIDE.repeat(512),
    grade: 'disputed',
    isContradicted: true,
    isOfContainer: true,
    entries: [entry, entry],
  };
  return {
    subject: subject.value,
    status: 'RECALLED',
    notes: [
      'expired',
      'disputed',
      'outsider',
      'unregistered',
      'other-lot',
      'serial-unknown',
      'sold',
      'used-up',
      'destroyed',
    ],
    recalls: Array(100).fill({
      ...entry,
      title: WIDE.repeat(200),
      instructions: WIDE.repeat(4_000),
      since: '2026-01-01',
    }),
    product: { name: WIDE.repeat(200), nameZh: WIDE.repeat(512), owner: party },
    lot: WIDE.repeat(20),
    expires: '2026-01-01',
    bestBefore: '2026-01-01',
    quantity: '1 KGM',
    steps: Array(stepCount).fill(step),
    isCut: true,
    organizationCount: 1,
    history: { count: 1, digest: 'ab'.repeat(32) },
    height: 1,
  };
}

describe('a page', () => {
  it.each(LANGUAGES)('in %s is never larger than it may be, and leaves steps out before that', (language) => {
    for (const count of [0, 1, 40, 200]) {
      const page = recordPage(largest(count), { language, inLanguage: () => `?x=${WIDE.repeat(500)}` });
      expect(Buffer.byteLength(page)).toBeLessThanOrEqual(PAGE_BYTES_MAX);
      expect(page).toContain('</html>');
    }
  });

  it('shows forty ordinary steps whole', () => {
    const record = largest(40);
    const steps = record.steps.map((step) => ({
      ...step,
      what: 'shipping',
      place: undefined,
      by: { role: 1, name: undefined } as const,
      to: undefined,
    }));
    const page = recordPage({ ...record, recalls: [], steps }, { language: 'zh', inLanguage: () => '?' });
    expect(page.match(/<time /g)).toHaveLength(40);
  });
});

describe('markup', () => {
  it('never lets a value end the text or the attribute that it stands in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '\u202e', '$') }), (value) => {
        const { text } = markup`<p title="${value}">${[value, markup`<b>${value}</b>`]}</p>`;
        const escaped = text.replace(/^<p title="/, '').replace(/<\/b><\/p>$/, '');
        expect(escaped.replace('">', '').replace('<b>', '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe('an expiry date', () => {
  it.each([
    ['2026-01-31', '2026-01-31T23:59:59.999Z', false],
    ['2026-01-31', '2026-02-01T00:00:00.000Z', true],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T09:59:59.999Z', false],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z', true],
  ])('%s is over at %s: %s', (date, now, passed) => {
    expect(hasPassed(date, Date.parse(now))).toBe(passed);
  });
});
