import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { choiceParam, textParam } from '../../app/search-params.js';

const meRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/me',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
    ...choiceParam(search, 'of', ['all'] as const),
  }),
  component: lazyRouteComponent(() => import('./me-page.js'), 'MePage'),
});

const servicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/services',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./services-page.js'), 'ServicesPage'),
});

const serviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/services/$serviceId',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./service-page.js'), 'ServicePage'),
});

export const settingsRoutes = [meRoute, servicesRoute, serviceRoute] as const;
