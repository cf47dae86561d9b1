import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem/problem.js';
import { sendProblem } from '../problem/problem.filter.js';
import type { DashboardFiles } from './dashboard-files.js';

/** First segments of addresses that are never pages of the dashboard: a mistyped one there is answered as an API does. */
const NO_PAGES = /^\/(?:api|epcis|docs|assets|\.well-known|metrics|healthz|readyz|openapi\.json|\d+)(?:[/?]|$)/;

/**
 * The dashboard, from the node's own origin. It is public, because it holds no data: those come from the API, to whom the API knows.
 * Its own router shows the page that an address means, so every address that no route answers gets the same document, if it is a
 * browser that asks.
 */
export function servePages(fastify: FastifyInstance, files: DashboardFiles): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.is404 && isPage(request)) sendPage(files, request, reply);
    else done();
  });
}

function isPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && String(headers.accept ?? '').includes('text/html') && !NO_PAGES.test(url)
  );
}

function sendPage(files: DashboardFiles, request: FastifyRequest, reply: FastifyReply): void {
  const page = files.page();
  if (page === undefined) {
    const detail = 'The dashboard is not built on this node: `npm run build` makes it. /docs describes the API.';
    sendProblem(new ApiProblem('API_NOT_FOUND', detail), request, reply);
    return;
  }
  void reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': page.contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
    })
    .send(page.html);
}
