import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NestLog } from '../logging/logger.js';
import { AppModule } from './app.module.js';
import { Passkeys } from './access/passkeys.js';
import { RouteTable } from './access/route-table.js';
import { accessSettings } from './auth/access-settings.js';
import { Authenticator } from './auth/authenticate.js';
import { guardRequests } from './auth/guard-requests.js';
import { createRateLimits } from './auth/rate-limits.js';
import { securityHeaders } from './auth/security-headers.js';
import { DashboardFiles } from './dashboard/dashboard-files.js';
import { servePages } from './dashboard/serve-pages.js';
import { DocsPages } from './docs/docs-pages.js';
import { Metrics } from './health/metrics.js';
import { isWebSocketRequest } from './epcis/subscriptions/web-socket-upgrades.js';
import { readJsonBody } from './json-body.js';
import { openApiDocument } from './openapi/document.js';
import type { AppParts } from './parts.js';
import { ProblemFilter, sendProblem } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';

/** Bodies of ordinary requests; a statement and its content of 1 MiB travel with their own limit. */
const BODY_BYTES_MAX = 1024 * 1024;
/** GS1 Digital Links of 500 characters, each of them percent-encoded. */
const PARAMETER_LENGTH_MAX = 1_536;

/**
 * The HTTP API over its parts, ready to listen. Fastify does what must happen before a body is read (who may call, how long it
 * may be); Nest does the rest.
 */
export async function createApp(parts: AppParts): Promise<NestFastifyApplication> {
  const settings = accessSettings(parts.config, parts.self.did);
  const headersOf = securityHeaders(settings.origin);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    // Only what these proxies say about a client's address is believed.
    trustProxy: parts.config.access?.trustedProxies ?? false,
    http: { shouldUpgradeCallback: isWebSocketRequest },
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    // Until its connections are closed a stopping node answers as ever.
    return503OnClosing: false,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(headersOf(request));
      sendProblem(error, request, reply);
    },
    genReqId: (request: IncomingMessage) => clientRequestId(request.headers['x-request-id']) ?? randomUUID(),
    // Stopping lets requests end; `startNode` cuts off those that do not.
    forceCloseConnections: 'idle',
  });
  const fastify = adapter.getInstance();
  const limits = await createRateLimits(fastify, settings.limits);
  const routes = new RouteTable();
  routes.collectFrom(fastify);
  readBodies(fastify);
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = route.config ?? {};
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts, { settings, routes }), adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLog(parts.logger),
  });
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(parts.logger, parts.onFatal));
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOf(request));
    done();
  });
  const { apiKeySha256, publicReads } = parts.config;
  guardRequests(fastify, {
    publicReads,
    authenticator: new Authenticator({ apiKeySha256, settings, records: parts.access }),
    limits,
    passkeys: app.get(Passkeys),
    records: parts.access,
    log: parts.logger,
  });
  servePages(fastify, app.get(DashboardFiles));
  measure(fastify, app.get(Metrics), parts);
  await app.init();
  app.get(DocsPages).describe(openApiDocument(app));
  return app;
}

/** An id that the client chose ties its log to ours; anything that could confuse a log is replaced. */
function clientRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:-]{1,64}$/.test(header) ? header : undefined;
}

function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    { parseAs: 'buffer' },
    (request: FastifyRequest, body, done) => {
      if (request.routeOptions.config.body === 'bytes') {
        done(null, body);
        return;
      }
      try {
        done(null, readJsonBody(request, body as Buffer));
      } catch (problem) {
        done(problem as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    ['application/cbor', 'application/xml', 'text/xml'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (request.routeOptions.config.body === 'bytes') done(null, body);
      else done(Object.assign(new Error('JSON is expected here.'), { statusCode: 415 }));
    },
  );
}

function measure(fastify: FastifyInstance, metrics: Metrics, { logger }: AppParts): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1_000);
    logger.debug(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
    done();
  });
}
