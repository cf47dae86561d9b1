import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { choiceParam, textParam } from '../../app/search-params.js';
import { PROPOSAL_KINDS, PROPOSAL_STATES } from './proposal-words.js';

const proposalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/proposals',
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
    ...choiceParam(search, 'state', PROPOSAL_STATES),
  }),
  component: lazyRouteComponent(() => import('./proposals-page.js'), 'ProposalsPage'),
});

const newProposalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/proposals/new',
  validateSearch: (search: Record<string, unknown>) => ({
    ...choiceParam(search, 'kind', PROPOSAL_KINDS),
    ...choiceParam(search, 'change', ['add', 'remove'] as const),
    ...textParam(search, 'did'),
    ...textParam(search, 'key'),
  }),
  component: lazyRouteComponent(() => import('./new-proposal-page.js'), 'NewProposalPage'),
});

const proposalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/proposals/$proposalId',
  component: lazyRouteComponent(() => import('./proposal-page.js'), 'ProposalPage'),
});

export const proposalsRoutes = [proposalsRoute, newProposalRoute, proposalRoute] as const;
