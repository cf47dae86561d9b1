import type { FastifyInstance } from 'fastify';
import type { Access } from '../auth/authenticate.js';

/** A route as it is served, and what it needs. */
export interface ServedRoute {
  readonly method: string;
  readonly path: string;
  /** Undefined: the route does not say; only who may do everything gets in, and a test fails. */
  readonly access: Access | undefined;
  readonly freshPasskey: boolean;
}

/** Every route of the process, collected while they are registered: an inventory that cannot be out of date. */
export class RouteTable {
  private readonly served: ServedRoute[] = [];

  collectFrom(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url, config }) => {
      const { access, freshPasskey = false } = config ?? {};
      for (const each of [method].flat()) this.served.push({ method: each, path: url, access, freshPasskey });
    });
  }

  /** In order of their paths. */
  routes(): readonly ServedRoute[] {
    const key = ({ path, method }: ServedRoute): string => `${path} ${method}`;
    return [...this.served].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}
