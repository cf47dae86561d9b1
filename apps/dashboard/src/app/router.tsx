import { createRouter } from '@tanstack/react-router';
import { chainRoutes } from '../screens/chain/chain.routes.js';
import { homeRoutes } from '../screens/home/home.routes.js';
import { invitationsRoutes } from '../screens/invitations/invitations.routes.js';
import { itemsRoutes } from '../screens/items/items.routes.js';
import { loginRoutes } from '../screens/login/login.routes.js';
import { organizationsRoutes } from '../screens/organizations/organizations.routes.js';
import { proposalsRoutes } from '../screens/proposals/proposals.routes.js';
import { transfersRoutes } from '../screens/transfers/transfers.routes.js';
import { productsRoutes } from '../screens/products/products.routes.js';
import { peopleRoutes } from '../screens/people/people.routes.js';
import { settingsRoutes } from '../screens/settings/settings.routes.js';
import { auditRoutes } from '../screens/audit/audit.routes.js';
import { recallsRoutes } from '../screens/recalls/recalls.routes.js';
import { rootRoute } from './root-route.js';

/** Every page: a screen is a folder under `screens/` with its routes, its texts and its components. */
const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...itemsRoutes,
  ...productsRoutes,
  ...transfersRoutes,
  ...recallsRoutes,
  ...chainRoutes,
  ...organizationsRoutes,
  ...invitationsRoutes,
  ...proposalsRoutes,
  ...peopleRoutes,
  ...settingsRoutes,
  ...auditRoutes,
  ...loginRoutes,
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
