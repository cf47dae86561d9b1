import { Inject, Injectable } from '@nestjs/common';
import type { EventFeeds } from '#index';
import type { LadingNode } from '#node';
import { EVENT_FEED, LADING_NODE } from '../../parts.js';
import { IndexReader } from '../../reads/index-reader.js';

/** Where on the chain a subscriber begins. */
@Injectable()
export class StartPosition {
  constructor(
    @Inject(EVENT_FEED) private readonly feed: EventFeeds,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(IndexReader) private readonly index: IndexReader,
  ) {}

  /**
   * The position of the first event recorded at or after a time; without one, or for a time to come, that of the next block.
   *
   * @throws ApiProblem API_INDEX_BEHIND while the index does not know all of the chain, API_INDEX_UNAVAILABLE
   */
  async positionOf(time: Date | undefined): Promise<number> {
    return await this.index.read({ minHeight: this.node.durableHeight() }, async () => {
      return time === undefined ? (await this.feed.head()).position : await this.feed.positionAt(time);
    });
  }
}
