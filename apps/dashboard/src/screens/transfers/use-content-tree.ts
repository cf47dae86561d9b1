import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Api } from '#sdk';
import { api } from '../../app/api.js';
import { describeThing } from '../../components/describe-thing.js';
import { contentTree, type ContentNode } from './content-tree.js';

/** Containers of an offer that are looked into; others are shown without what is inside. */
const CONTAINERS_MAX = 50;
const DEPTH = 20;
const THINGS_MAX = 10_000;

/**
 * Named items with what is inside them now.
 * @param content - what the signed offer lists, where there is one
 */
export function useContentTree(items: readonly string[], content?: readonly string[]): readonly ContentNode[] {
  const containers = items.filter((id) => describeThing(id).kind === 'container').slice(0, CONTAINERS_MAX);
  const edges = useQueries({
    queries: containers.map((id) => ({
      queryKey: ['item', id, 'content'],
      staleTime: 0,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.call('traceItem', { path: { id }, query: { direction: 'up', depth: DEPTH, limit: THINGS_MAX }, signal }),
    })),
    combine: (answers): readonly Api.TraceEdge[] => answers.flatMap(({ data }) => data?.edges ?? []),
  });
  return useMemo(() => contentTree(items, edges, content), [items, edges, content]);
}
