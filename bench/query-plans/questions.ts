import type { DataSource } from 'typeorm';
import { EventSearch, IndexQueries } from '#index';
import { parseEventQuery } from '#trace';
import type { Subjects } from './subjects.js';

/** A question as the API asks it. */
export interface Question {
  readonly title: string;
  /** How many rows the answer has. */
  readonly ask: () => Promise<number>;
}

/** What the extension fields of `npm run seed` are named with. */
const SUPPLY = new Map([['supply', 'https://supply.example/vocabulary/']]);
const PER_PAGE = 30;
const TRACE_LIMIT = 1_000;

/** The main questions, about things that are on the ledger. */
export function questionsAbout(subjects: Subjects, dataSource: DataSource): readonly Question[] {
  const { item, rawLot, place, from, to, pattern, receiver, findingCode } = subjects;
  const reads = new IndexQueries(dataSource);
  const search = new EventSearch(dataSource);
  const events = (title: string, parameters: Readonly<Record<string, string>>): Question => ({
    title,
    ask: async () => {
      const query = parseEventQuery(new Map(Object.entries(parameters)), SUPPLY);
      if (!query.ok) throw new Error(query.detail);
      const found = await search.search(query.value, { perPage: PER_PAGE });
      if (!found.ok) throw new Error(found.detail);
      return found.value.events.length;
    },
  });
  const window = { GE_eventTime: from, LT_eventTime: to };
  return [
    events('events: one EPC', { MATCH_epc: item }),
    events('events: an EPC pattern (all serials of a product)', { MATCH_epc: pattern }),
    events('events: business step and a week', { EQ_bizStep: 'shipping', ...window }),
    events('events: business location', { EQ_bizLocation: place }),
    events('events: ILMD field', { 'EQ_ILMD_supply:lot': subjects.lotName }),
    events('events: extension field, a week', { 'EQ_supply:loyalty': 'gold', ...window }),
    events('events: sensor value above 33 °C (few)', { GT_value_CEL: '33' }),
    events('events: sensor value above 26 °C (many, none of them new)', { GT_value_CEL: '26' }),
    { title: 'item', ask: async () => ((await reads.item(item)) === undefined ? 0 : 1) },
    { title: 'history of an item', ask: async () => (await reads.itemHistory(item))?.events.length ?? 0 },
    {
      title: 'trace up from a sold item',
      ask: async () => (await reads.trace(item, { direction: 'up', limit: TRACE_LIMIT }))?.nodes.length ?? 0,
    },
    {
      title: 'trace down from a raw lot',
      ask: async () => (await reads.trace(rawLot, { direction: 'down', limit: TRACE_LIMIT }))?.nodes.length ?? 0,
    },
    { title: 'balance of a raw lot', ask: async () => (await reads.lotBalance(rawLot))?.units.length ?? 0 },
    {
      title: 'recall simulation of a raw lot',
      ask: async () => (await reads.recallImpact({ items: [rawLot] })).affected.length,
    },
    { title: 'findings, newest', ask: async () => (await reads.findingList({})).items.length },
    { title: 'findings of one code', ask: async () => (await reads.findingList({ code: findingCode })).items.length },
    { title: 'transfers to one organisation', ask: async () => (await reads.transfers({ to: receiver })).items.length },
  ];
}
