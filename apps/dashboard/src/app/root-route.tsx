import { createRootRoute } from '@tanstack/react-router';
import { NotFound } from './not-found.js';
import { Shell } from './shell.js';

/** Parent of every screen's routes. */
export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
