import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const itemsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/items',
  validateSearch: (search) => ({ ...textParam(search, 'q') }),
  component: lazyRouteComponent(() => import('./items-page.js'), 'ItemsPage'),
});

const itemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/items/item',
  validateSearch: (search) => ({ id: textParam(search, 'id').id ?? '', ...textParam(search, 'tab') }),
  component: lazyRouteComponent(() => import('./item-page.js'), 'ItemPage'),
});

export const itemsRoutes = [itemsRoute, itemRoute] as const;
