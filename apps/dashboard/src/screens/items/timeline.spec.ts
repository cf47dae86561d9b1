import { describe, expect, it } from '@jest/globals';
import type { Api } from '#sdk';
import { timeline } from './timeline.js';

let count = 0;
function event(members: Partial<Api.HistoryEvent>): Api.HistoryEvent {
  return {
    kind: 'epcis.capture',
    entryId: `entry-${count++}`,
    author: 'did:web:maker.example',
    eventTime: '2026-01-01T00:00:00.000Z',
    supersededBy: null,
    disputed: false,
    event: {},
    ...members,
  } as Api.HistoryEvent;
}

const grades = (events: readonly Api.HistoryEvent[]): string[] =>
  timeline(events).map((entry) => (entry.kind === 'gap' ? 'gap' : entry.grade));

describe('the timeline of an item', () => {
  it('grades what one side says, what both signed, what names a certificate, and what does not hold any more', () => {
    const offer = event({ kind: 'transfer.offer', event: { to: 'did:web:carrier.example' } });
    expect(
      grades([
        event({}),
        event({ event: { certificationInfo: 'https://example.org/certificate/1' } }),
        offer,
        event({ kind: 'transfer.accept', event: { transfer: offer.entryId } }),
        event({ kind: 'transfer.offer', event: { to: 'did:web:carrier.example' } }),
        event({ disputed: true }),
        event({ supersededBy: 'entry-x' }),
      ]),
    ).toEqual(['stated', 'certified', 'confirmed', 'confirmed', 'offered', 'disputed', 'withdrawn']);
  });

  it('does not call an offer confirmed that was rejected', () => {
    const offer = event({ kind: 'transfer.offer' });
    expect(grades([offer, event({ kind: 'transfer.reject', event: { transfer: offer.entryId } })])).toEqual([
      'stated',
      'stated',
    ]);
  });

  it('names the other side of a transfer', () => {
    const offer = event({ kind: 'transfer.offer', event: { to: 'did:web:carrier.example' } });
    const accept = event({
      kind: 'transfer.accept',
      author: 'did:web:carrier.example',
      event: { transfer: offer.entryId },
    });
    expect(timeline([offer, accept])).toMatchObject([
      { counterparty: 'did:web:carrier.example' },
      { counterparty: 'did:web:maker.example' },
    ]);
  });

  it('marks a silence of a week, and no shorter one', () => {
    expect(
      grades([
        event({ eventTime: '2026-01-01T00:00:00Z' }),
        event({ eventTime: '2026-01-07T23:59:59Z' }),
        event({ eventTime: '2026-01-14T23:59:59Z' }),
      ]),
    ).toEqual(['stated', 'stated', 'gap', 'stated']);
  });
});
