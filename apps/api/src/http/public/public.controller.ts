import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../auth/access-settings.js';
import { ACCESS_SETTINGS, PUBLIC_PAGE } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { languageOf } from './language.js';
import { linkHeader, linksetOf } from './linkset.js';
import { faultPage, PAGE_POLICY, recordPage, type PageRequest } from './page.js';
import { publicData } from './public-data.js';
import type { PublicPageSettings } from './public-page-settings.js';
import type { PublicRecord } from './public-record.types.js';
import { PublicRecords } from './public-records.js';
import { representationOf, type Representation } from './representation.js';
import { readSubject } from './subject.js';
import { WORDS } from './words/words.js';

const PUBLIC = { access: 'public', limit: 'public-page' } as const;
/** Short: a recall shows with the next block. */
const CACHE_CONTROL = 'public, max-age=30';
/** Of an address that a page repeats; GS1's attributes take less. */
const QUERY_LENGTH_MAX = 500;
const LINKSET_CONTEXT =
  '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"';

/**
 * GS1 Digital Links of this node's origin, for whoever scans a label: no key, no session, no cookie
 * (docs/reference/public-page.md).
 */
@ApiExcludeController()
@Controller()
export class PublicController {
  constructor(
    @Inject(PublicRecords) private readonly records: PublicRecords,
    @Inject(PUBLIC_PAGE) private readonly settings: PublicPageSettings,
    @Inject(ACCESS_SETTINGS) private readonly access: AccessSettings,
  ) {}

  /** A product, lot or item, with whatever qualifiers the standard allows in their place. */
  @Get('01/*')
  @RouteConfig(PUBLIC)
  tradeItem(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  /** A logistic unit. */
  @Get('00/*')
  @RouteConfig(PUBLIC)
  logisticUnit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(request, reply);
  }

  /** What this resolver answers (GS1-Conformant Resolver, resolver description file). */
  @Get('.well-known/gs1resolver')
  @RouteConfig(PUBLIC)
  async description(@Res() reply: FastifyReply): Promise<void> {
    this.requireServed();
    await reply
      .type('application/json')
      .headers(forAnyOrigin())
      .send({
        name: 'Lading node',
        resolverRoot: this.access.origin,
        supportedPrimaryKeys: ['00', '01'],
        linkTypeDefaultCanBeLinkset: false,
      });
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.requireServed();
    const wanted = representationOf(request);
    if (wanted === undefined) throw new ApiProblem('API_NOT_FOUND', 'Links of this type are not known here.');
    reply.headers({ vary: 'accept, accept-language' });
    try {
      const subject = readSubject(request.url.split('?', 1)[0] as string);
      if (!subject.ok) throw problemOfFailure(subject);
      await this.sendRecord(await this.records.find(subject.value, Date.now()), wanted, request, reply);
    } catch (error) {
      if (wanted !== 'page' || !(error instanceof ApiProblem)) throw error;
      reply.code(error.status).headers(error.headers);
      await sendPage(faultPage(error.code, pageRequest(request)), request, reply);
    }
  }

  private async sendRecord(
    record: PublicRecord,
    wanted: Representation,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { origin } = this.access;
    const isRecorded = record.status !== 'UNKNOWN' || record.history !== undefined;
    reply.code(isRecorded ? 200 : 404).headers({ 'cache-control': CACHE_CONTROL, link: linkHeader(record, origin) });
    if (wanted === 'page') {
      await sendPage(recordPage(record, pageRequest(request)), request, reply);
      return;
    }
    reply.headers(forAnyOrigin());
    if (wanted === 'data') {
      await reply.type('application/ld+json').send(JSON.stringify(publicData(record)));
      return;
    }
    reply.header('link', `${linkHeader(record, origin)}, ${LINKSET_CONTEXT}`);
    await reply.type('application/linkset+json').send(JSON.stringify(linksetOf(record, origin)));
  }

  /** As if there were no such routes. */
  private requireServed(): void {
    if (!this.settings.isServed)
      throw new ApiProblem('API_NOT_FOUND', 'This organisation shows nothing to the public.');
  }
}

async function sendPage(page: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': PAGE_POLICY,
      'content-language': WORDS[languageOf(request)].tag,
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    })
    .send(page);
}

/** Nothing in these answers depends on who asks, so pages of other origins may read them. */
function forAnyOrigin(): Record<string, string> {
  return { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
}

/** Links to other languages keep what else the address says, as a resolver must. */
function pageRequest(request: FastifyRequest): PageRequest {
  const query = request.url.split('?', 2)[1] ?? '';
  return {
    language: languageOf(request),
    inLanguage(language) {
      const parameters = new URLSearchParams(query.length > QUERY_LENGTH_MAX ? '' : query);
      parameters.set('lang', language);
      return `?${parameters.toString()}`;
    },
  };
}
