import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryClient } from './api.js';
import { useLiveChain } from './live-chain.js';

interface ListAnswer<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
  readonly asOf: { readonly height: number };
}

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly error: unknown;
  readonly isPending: boolean;
  /** Gets the next page; undefined after the last. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  /** Entries of the list's kinds in blocks after the one it was read at. */
  readonly news: number;
  /** Reads the list anew, from its first page. */
  readonly reload: () => void;
}

/** Rows of a page: the most that the API gives at once. */
export const PAGE_ROWS = 200;

/**
 * A list of the API, page after page as it is scrolled. What comes into being meanwhile is counted, not pushed in: rows do not jump
 * under the pointer.
 * @param kinds - how the kinds of entries begin that change the list: `transfer.`
 */
export function usePages<Row>(
  queryKey: readonly unknown[],
  kinds: string,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<ListAnswer<Row>>,
): Pages<Row> {
  const list = useInfiniteQuery<
    ListAnswer<Row>,
    Error,
    InfiniteData<ListAnswer<Row>>,
    readonly unknown[],
    string | undefined
  >({
    queryKey,
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const { blocks } = useLiveChain();
  const readAt = pages?.[0]?.asOf.height ?? Number.POSITIVE_INFINITY;
  const news = blocks
    .filter(({ height }) => height > readAt)
    .flatMap((block) => Object.entries(block.kinds))
    .reduce((sum, [kind, count]) => (kind.startsWith(kinds) ? sum + count : sum), 0);
  return {
    rows,
    error: list.error,
    isPending: list.isPending,
    more: list.hasNextPage ? () => void list.fetchNextPage() : undefined,
    isLoadingMore: list.isFetchingNextPage,
    news,
    reload: () => void queryClient.resetQueries({ queryKey }),
  };
}
