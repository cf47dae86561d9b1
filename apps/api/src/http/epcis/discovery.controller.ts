import { Controller, Delete, Get, HttpCode, Options, Req, Res, UseGuards } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../openapi/operation.js';
import { ApiProblem } from '../problem/problem.js';
import { EPCIS_CONTEXT } from './answers/query-document.js';
import { collectionSchema } from './epcis.contract.js';
import { Gs1Negotiation } from './gs1-headers.js';
import { CAPTURE_LIMITS } from './limits.js';
import { RESOURCE_FAMILIES } from './resources/resource-families.js';

const READ = 'OPTIONS, GET';
const WRITE = 'OPTIONS, GET, POST';
const REMOVE = 'OPTIONS, GET, DELETE';

/** What each resource allows, by its path below /epcis. */
const ALLOWED: Readonly<Record<string, string>> = {
  '': READ,
  capture: WRITE,
  'capture/:captureID': READ,
  events: WRITE,
  'events/:eventID': READ,
  queries: WRITE,
  'queries/:queryName': REMOVE,
  'queries/:queryName/events': READ,
  'queries/:queryName/subscriptions': WRITE,
  'queries/:queryName/subscriptions/:subscriptionID': REMOVE,
  ...Object.fromEntries(
    RESOURCE_FAMILIES.flatMap(({ path, parameter }) => [
      [path, READ],
      [`${path}/:${parameter}`, READ],
      [`${path}/:${parameter}/events`, READ],
    ]),
  ),
};

const TOP_LEVEL = [
  'events',
  'eventTypes',
  'epcs',
  'bizSteps',
  'bizLocations',
  'readPoints',
  'dispositions',
  'capture',
  'queries',
] as const;

/** How a client finds out what this EPCIS server has and can. */
@Controller('epcis')
@UseGuards(Gs1Negotiation)
export class DiscoveryController {
  @Get()
  @Operation({
    id: 'listEpcisResources',
    tag: 'EPCIS',
    summary: 'The top-level resources of the EPCIS server.',
    access: 'read',
    answer: collectionSchema,
    problems: [406],
  })
  topLevel() {
    return { '@context': EPCIS_CONTEXT, type: 'Collection', member: TOP_LEVEL };
  }

  @Options(Object.keys(ALLOWED))
  @HttpCode(204)
  @RouteConfig({ access: 'read' })
  @ApiExcludeEndpoint()
  discover(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    const path = (request.routeOptions.url ?? '').replace(/^\/epcis\/?/, '');
    reply.headers({
      allow: ALLOWED[path] ?? READ,
      'GS1-EPC-Format': 'No_Preference',
      'GS1-Vendor-Version': 'Lading 1',
      ...(path === 'capture' && { ...CAPTURE_LIMITS, 'GS1-Capture-Error-Behaviour': 'all' }),
    });
  }

  @Delete('nextPageToken/:token')
  @Operation({
    id: 'invalidateNextPageToken',
    tag: 'EPCIS',
    summary: 'Not offered: page tokens expire by themselves.',
    access: 'read',
    status: 204,
    problems: [501],
  })
  invalidate(): never {
    throw new ApiProblem(
      'API_NOT_IMPLEMENTED',
      'This server keeps nothing for a nextPageToken; it expires by itself at GS1-Next-Page-Token-Expires.',
    );
  }
}
