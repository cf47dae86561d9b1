import type { DataSource } from 'typeorm';
import { success } from '#codec';
import { encodeSearchCursor } from '../event-search/event-order.js';
import type { EventSearches } from '../event-search/event-search.types.js';
import { POSITIONS_PER_ENTRY } from '../projection/event-position.js';
import type { EventFeeds, FeedHead } from './subscription.types.js';

/** The events of a query in the order of the chain, from any position on. */
export class EventFeed implements EventFeeds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly search: EventSearches,
  ) {}

  async head(): Promise<FeedHead> {
    const [row] = await this.#ask<{ height: string; log_size: string | null }>(
      'SELECT c.height, b.log_size FROM indexer_cursor c LEFT JOIN block b USING (height)',
    );
    return { height: Number(row?.height ?? -1), position: Number(row?.log_size ?? 0) * POSITIONS_PER_ENTRY };
  }

  async positionAt(time: Date): Promise<number> {
    // Block times increase: the events recorded before are those of the blocks before.
    const [row] = await this.#ask<{ log_size: string }>('SELECT log_size FROM block WHERE time < $1 ORDER BY time DESC LIMIT 1', [time]);
    return Number(row?.log_size ?? 0) * POSITIONS_PER_ENTRY;
  }

  read: EventFeeds['read'] = async (query, { from, height, limit }) => {
    // The limits of the query are those of one answer; a feed goes on for ever.
    const inChainOrder = {
      ...query,
      order: { by: { field: 'recordTime' }, direction: 'ASC' },
      eventCountLimit: undefined,
      maxEventCount: undefined,
    } as const;
    const after = encodeSearchCursor({ asOfHeight: height, returned: 0, sortValues: [from - 1] });
    const page = await this.search.search(inChainOrder, { perPage: limit, after });
    return page.ok ? success({ events: page.value.events, hasMore: page.value.nextCursor !== null }) : page;
  };

  async #ask<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    const runner = this.dataSource.createQueryRunner('slave');
    try {
      return (await runner.query(sql, values)) as T[];
    } finally {
      await runner.release();
    }
  }
}
