import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.js';
import { EnrolPage } from './enrol-page.js';
import { LoginPage } from './login-page.js';

const loginRoute = createRoute({ getParentRoute: () => rootRoute, path: '/login', component: LoginPage });

const enrolRoute = createRoute({ getParentRoute: () => rootRoute, path: '/enrol', component: EnrolPage });

export const loginRoutes = [loginRoute, enrolRoute] as const;
