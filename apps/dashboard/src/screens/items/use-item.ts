import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../../app/api.js';

const HISTORY_PAGE = 500;

export function useItem(id: string) {
  return useQuery({
    queryKey: ['item', id],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getItem', { path: { id }, signal }),
  });
}

/** Pages of an item's events, in order of event time. */
export function useHistory(id: string) {
  return useInfiniteQuery({
    queryKey: ['item', id, 'history'],
    meta: { live: true },
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call('getItemHistory', { path: { id }, query: { limit: HISTORY_PAGE, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
