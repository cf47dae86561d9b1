import { useQuery } from '@tanstack/react-query';
import { api } from './api.js';

/** Head, validators, index: asked of the node itself, so that it answers while its database is away. */
export function useNetwork() {
  return useQuery({
    queryKey: ['network'],
    meta: { live: true },
    queryFn: ({ signal }) => api.call('getNetwork', { signal }),
    refetchInterval: 15_000,
  });
}
