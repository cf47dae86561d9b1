import type { EventResource, EventSearches, FoundEvent, NamedQuery, NamedQueryStore } from '#index';

export interface FakeEventSearch extends EventSearches {
  /** Every search finds them all, in this order. */
  found: FoundEvent[];
  known: Partial<Record<EventResource, readonly string[]>>;
}

/** Finds the events that a test gives it; that filters work is tested in libs/index. */
export function fakeEventSearch(): FakeEventSearch {
  const asOf = { height: 7 };
  const fake: FakeEventSearch = {
    found: [],
    known: {},
    search: (query, { perPage, after }) => {
      if (query.maxEventCount !== undefined && fake.found.length > query.maxEventCount)
        return Promise.resolve({ ok: false, code: 'EPCIS_QUERY_TOO_LARGE', detail: 'more events match' });
      const { items, nextCursor } = slice(fake.found, perPage, after);
      return Promise.resolve({ ok: true, value: { events: items, nextCursor, asOf } });
    },
    eventsById: (eventId) => Promise.resolve({ events: fake.found.filter((event) => event.eventId === eventId), asOf }),
    values: (resource, page) => Promise.resolve({ ...slice(fake.known[resource] ?? [], page?.limit, page?.cursor), asOf }),
    exists: (resource, value) => Promise.resolve(fake.known[resource]?.includes(value) === true),
  };
  return fake;
}

/** `NamedQueryStore` in memory; the real one is tested in libs/index. */
export function fakeNamedQueries(): NamedQueryStore {
  const queries = new Map<string, NamedQuery>();
  return {
    create: (query) => {
      const isNew = !queries.has(query.name);
      if (isNew) queries.set(query.name, { ...query, createdAt: '2026-01-01T00:00:00.000Z' });
      return Promise.resolve(isNew);
    },
    get: (name) => Promise.resolve(queries.get(name)),
    list: (page) => {
      const sorted = [...queries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      return Promise.resolve(slice(sorted, page?.limit, page?.cursor));
    },
    delete: (name) => Promise.resolve(queries.delete(name)),
  };
}

function slice<T>(all: readonly T[], limit = 50, cursor = '0'): { readonly items: readonly T[]; readonly nextCursor: string | null } {
  const end = Number(cursor) + limit;
  return { items: all.slice(Number(cursor), end), nextCursor: end < all.length ? String(end) : null };
}
