import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { choiceParam, textParam } from '../../app/search-params.js';
import { TABS, TRANSFER_STATES } from './transfer-lists.js';

const transfersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers',
  validateSearch: (search) => ({
    ...choiceParam(search, 'tab', TABS),
    ...choiceParam(search, 'state', TRANSFER_STATES),
    ...textParam(search, 'filter'),
    ...textParam(search, 'sort'),
  }),
  component: lazyRouteComponent(() => import('./transfers-page.js'), 'TransfersPage'),
});

const offerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers/new',
  validateSearch: (search) => textParam(search, 'items'),
  component: lazyRouteComponent(() => import('./offer/offer-page.js'), 'OfferPage'),
});

const transferRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers/$transferId',
  component: lazyRouteComponent(() => import('./transfer-page.js'), 'TransferPage'),
});

export const transfersRoutes = [transfersRoute, offerRoute, transferRoute] as const;
