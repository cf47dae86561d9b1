import { useNavigate, useSearch } from '@tanstack/react-router';

export interface TableParams {
  readonly filter: string;
  readonly sort: { readonly id: string; readonly desc: boolean } | undefined;
  readonly setFilter: (text: string) => void;
  readonly setSort: (sort: { readonly id: string; readonly desc: boolean }) => void;
}

/** Filter and order of a page's table, kept in its address: `?filter=acme&sort=-height`. */
export function useTableParams(): TableParams {
  const search: { readonly filter?: string; readonly sort?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (params: { readonly filter?: string | undefined; readonly sort?: string }) =>
    void navigate({
      to: '.',
      search: (previous) => ({ ...previous, ...params }) as never,
      replace: true,
      resetScroll: false,
    });
  const { filter = '', sort } = search;
  return {
    filter,
    sort: sort === undefined ? undefined : { id: sort.replace(/^-/, ''), desc: sort.startsWith('-') },
    setFilter: (text) => change({ filter: text === '' ? undefined : text }),
    setSort: ({ id, desc }) => change({ sort: desc ? `-${id}` : id }),
  };
}
