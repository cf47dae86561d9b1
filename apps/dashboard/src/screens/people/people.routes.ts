import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./people-page.js'), 'PeoplePage'),
});

export const peopleRoutes = [peopleRoute] as const;
