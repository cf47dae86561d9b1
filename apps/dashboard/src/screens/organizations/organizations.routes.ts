import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { choiceParam, textParam } from '../../app/search-params.js';

const tableSearch = (search: Record<string, unknown>) => ({
  ...textParam(search, 'filter'),
  ...textParam(search, 'sort'),
});

const organizationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations',
  validateSearch: tableSearch,
  component: lazyRouteComponent(() => import('./organizations-page.js'), 'OrganizationsPage'),
});

const validatorsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/validators',
  validateSearch: (search: Record<string, unknown>) => ({
    ...tableSearch(search),
    ...choiceParam(search, 'change', ['add', 'remove'] as const),
    ...textParam(search, 'did'),
  }),
  component: lazyRouteComponent(() => import('./validators-page.js'), 'ValidatorsPage'),
});

const rotateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/keys/rotate',
  validateSearch: (search: Record<string, unknown>) =>
    choiceParam(search, 'purpose', ['sign', 'node', 'admin'] as const),
  component: lazyRouteComponent(() => import('./rotate-page.js'), 'RotatePage'),
});

const revokeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/keys/revoke',
  validateSearch: (search: Record<string, unknown>) => ({
    ...tableSearch(search),
    ...textParam(search, 'key'),
    ...textParam(search, 'from'),
  }),
  component: lazyRouteComponent(() => import('./revoke-page.js'), 'RevokePage'),
});

const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/$did',
  validateSearch: tableSearch,
  component: lazyRouteComponent(() => import('./organization-page.js'), 'OrganizationPage'),
});

export const organizationsRoutes = [
  organizationsRoute,
  validatorsRoute,
  rotateRoute,
  revokeRoute,
  organizationRoute,
] as const;
