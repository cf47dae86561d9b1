import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { textParam } from '../../app/search-params.js';

const invitationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/invitations',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./invitations-page.js'), 'InvitationsPage'),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/invite',
  component: lazyRouteComponent(() => import('./invite-page.js'), 'InvitePage'),
});

export const invitationsRoutes = [invitationsRoute, inviteRoute] as const;
