import type { FoundEvent } from '#index';

/** An event as the index finds it. */
export function foundEvent(event: object | string, overrides: Partial<FoundEvent> = {}): FoundEvent {
  const raw = typeof event === 'string' ? event : JSON.stringify(event);
  const { eventID } = JSON.parse(raw) as { eventID?: string };
  return {
    raw,
    namespaces: {},
    contexts: [],
    eventId: eventID ?? 'urn:uuid:00000000-0000-8000-8000-000000000000',
    recordTime: '2026-01-01T10:00:05.000Z',
    entryId: 'ab'.repeat(32),
    eventIndex: 0,
    author: 'did:web:maker.example',
    height: 3,
    disputed: false,
    isErrorDeclaration: raw.includes('"errorDeclaration"'),
    supersededBy: null,
    position: 1,
    ...overrides,
  };
}
