import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { choiceParam, textParam } from '../../app/search-params.js';
import { RECALL_STATES } from './recall-states.js';

const recallsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recalls',
  validateSearch: (search) => ({
    ...choiceParam(search, 'state', RECALL_STATES),
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./recalls-page.js'), 'RecallsPage'),
});

const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recalls/new',
  validateSearch: (search) => ({
    ...textParam(search, 'targets'),
    ...textParam(search, 'from'),
    ...textParam(search, 'to'),
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./plan/plan-page.js'), 'PlanPage'),
});

const recallRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recalls/$recallId',
  validateSearch: (search) => ({ ...textParam(search, 'filter'), ...textParam(search, 'sort') }),
  component: lazyRouteComponent(() => import('./recall-page.js'), 'RecallPage'),
});

export const recallsRoutes = [recallsRoute, planRoute, recallRoute] as const;
