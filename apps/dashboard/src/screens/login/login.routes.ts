import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { EnrolPage } from './enrol-page.js';
import { LoginRoute } from './login-route.js';

const loginRoute = createRoute({ getParentRoute: () => rootRoute, path: '/login', component: LoginRoute });

const enrolRoute = createRoute({ getParentRoute: () => rootRoute, path: '/enrol', component: EnrolPage });

export const loginRoutes = [loginRoute, enrolRoute] as const;
