import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const chainRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chain',
  validateSearch: (search) => ({ ...textParam(search, 'filter'), ...textParam(search, 'sort') }),
  component: lazyRouteComponent(() => import('./chain-page.js'), 'ChainPage'),
});

const blockRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chain/blocks/$height',
  validateSearch: (search) => ({ ...textParam(search, 'filter'), ...textParam(search, 'sort') }),
  component: lazyRouteComponent(() => import('./block-page.js'), 'BlockPage'),
});

const entryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/chain/entries/$entryId',
  component: lazyRouteComponent(() => import('./entry-page.js'), 'EntryPage'),
});

export const chainRoutes = [chainRoute, blockRoute, entryRoute] as const;
