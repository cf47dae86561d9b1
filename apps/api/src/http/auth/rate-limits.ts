import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem/problem.js';
import type { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';

const WINDOW_MS = 60_000;
/** Counters kept; beyond, the longest unused are forgotten. */
const COUNTERS_MAX = 20_000;
/** Who owns one IPv6 address owns a network of them. */
const IPV6_SUBNET = 64;

/**
 * Requests a minute, counted by each process for itself: a limit protects the process that is asked, and an organisation with several
 * API processes has so many times more to give.
 */
export interface RateLimits {
  /** A request of somebody who is known. @throws ApiProblem API_RATE_LIMITED */
  ofCaller(request: FastifyRequest): Promise<void>;
  /** A request of nobody known. @throws ApiProblem API_RATE_LIMITED */
  ofAddress(request: FastifyRequest): Promise<void>;
  /** A request to sign in or to use a link. @throws ApiProblem API_RATE_LIMITED */
  ofGuesses(request: FastifyRequest): Promise<void>;
  /** A page about an item: whoever tries all serial numbers asks often. @throws ApiProblem API_RATE_LIMITED */
  ofPublicPage(request: FastifyRequest): Promise<void>;
}

export async function createRateLimits(
  fastify: FastifyInstance,
  { perCaller, perAddress, signIn, publicPage }: AccessSettings['limits'],
): Promise<RateLimits> {
  await fastify.register(rateLimit, { global: false, cache: COUNTERS_MAX, ipv6Subnet: IPV6_SUBNET });
  const limit = (name: string, max: number, keyOf: (request: FastifyRequest) => string) =>
    fastify.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator: (request) => `${name} ${keyOf(request)}` });
  const callers = limit('caller', perCaller, ({ caller }) => (caller === undefined ? '' : counterOf(caller)));
  const addresses = limit('address', perAddress, ({ ip }) => ip);
  const guesses = limit('guess', signIn, ({ ip }) => ip);
  const publicPages = limit('public page', publicPage, ({ ip }) => ip);

  const enforce = async (check: typeof callers, request: FastifyRequest): Promise<void> => {
    const outcome = await check(request);
    if (outcome.isAllowed || !outcome.isExceeded) return;
    throw new ApiProblem('API_RATE_LIMITED', 'Too many requests; go on after Retry-After.', [], {
      'retry-after': String(Math.max(1, outcome.ttlInSeconds)),
    });
  };
  return {
    ofCaller: (request) => enforce(callers, request),
    ofAddress: (request) => enforce(addresses, request),
    ofGuesses: (request) => enforce(guesses, request),
    ofPublicPage: (request) => enforce(publicPages, request),
  };
}

/** People by person, services by account: a second key or session is no second allowance. */
function counterOf(caller: Caller): string {
  return caller.kind === 'bootstrap' ? 'bootstrap' : `${caller.kind} ${caller.id}`;
}
