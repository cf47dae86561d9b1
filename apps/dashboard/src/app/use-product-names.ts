import { useQuery } from '@tanstack/react-query';
import { api } from './api.js';

const NONE: ReadonlyMap<string, string> = new Map();
/** Beyond this, GTINs stand for themselves. */
const PRODUCTS_MAX = 1_000;

/** Names of products by GTIN-14. */
export function useProductNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['products', 'names'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const names = new Map<string, string>();
      for await (const { gtin, name } of api.each('listProducts', { signal })) {
        names.set(gtin, name);
        if (names.size === PRODUCTS_MAX) break;
      }
      return names as ReadonlyMap<string, string>;
    },
  });
  return data ?? NONE;
}
