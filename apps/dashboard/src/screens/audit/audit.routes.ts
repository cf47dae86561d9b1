import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
    ...textParam(search, 'action'),
    ...textParam(search, 'actor'),
    ...textParam(search, 'since'),
    ...textParam(search, 'until'),
  }),
  component: lazyRouteComponent(() => import('./audit-page.js'), 'AuditPage'),
});

export const auditRoutes = [auditRoute] as const;
