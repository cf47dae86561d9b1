import { Controller, Get, Inject, Req, Res, UseGuards, type Type } from '@nestjs/common';
import { ApiHeader, ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operation } from '../../openapi/operation.js';
import { EpcFormats } from '../answers/epc-format.js';
import { EPCIS_CONTEXT } from '../answers/query-document.js';
import { collectionSchema, queryDocumentSchema } from '../epcis.contract.js';
import { ApiEventQuery, ApiPaging, EPC_FORMAT_HEADER } from '../event-query.openapi.js';
import { EventQueries } from '../event-queries.js';
import { epcFormatOf, Gs1Negotiation } from '../gs1-headers.js';
import { Pages } from '../paging/pages.js';
import { RESOURCE_FAMILIES, type ResourceFamily } from './resource-families.js';
import { ResourceValues } from './resource-values.js';

/** The six families of resources that group events: for each the collection, a value in it, and the events with that value. */
export const RESOURCE_CONTROLLERS: readonly Type[] = RESOURCE_FAMILIES.map(controllerOf);

function controllerOf(family: ResourceFamily): Type {
  const { path, parameter, filter } = family;
  const Name = path.charAt(0).toUpperCase() + path.slice(1);
  const parameterDoc = { name: parameter, schema: { type: 'string' }, description: 'Percent-encoded.' } as const;

  @Controller(`epcis/${path}`)
  @UseGuards(Gs1Negotiation)
  class ResourceController {
    constructor(
      @Inject(ResourceValues) private readonly values: ResourceValues,
      @Inject(EventQueries) private readonly queries: EventQueries,
      @Inject(Pages) private readonly pages: Pages,
      @Inject(EpcFormats) private readonly formats: EpcFormats,
    ) {}

    @Get()
    @ApiPaging()
    @ApiHeader(EPC_FORMAT_HEADER)
    @Operation({
      id: `list${Name}`,
      tag: 'EPCIS',
      summary: `The ${path} that this server knows.`,
      access: 'read',
      answer: collectionSchema,
      problems: [400, 406, 503],
    })
    async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
      const { values, nextCursor } = await this.values.list(family, this.pages.asked(request));
      this.pages.linkNext(request, reply, nextCursor);
      const { id } = await this.formats.spelling(epcFormatOf(request));
      const member = family.values === 'words' ? values : values.map(id);
      return { '@context': EPCIS_CONTEXT, type: 'Collection', member };
    }

    @Get(`:${parameter}`)
    @ApiParam(parameterDoc)
    @Operation({
      id: `get${Name.slice(0, -1)}`,
      tag: 'EPCIS',
      summary: `What there is about one of the ${path}: its events.`,
      access: 'read',
      answer: collectionSchema,
      problems: [404, 406, 503],
    })
    async one(@Req() request: FastifyRequest) {
      await this.values.assertKnown(family, valueOf(request));
      return { '@context': EPCIS_CONTEXT, type: 'Collection', member: ['events'] };
    }

    @Get(`:${parameter}/events`)
    @ApiParam(parameterDoc)
    @ApiEventQuery()
    @Operation({
      id: `query${Name.slice(0, -1)}Events`,
      tag: 'EPCIS',
      summary: `The events of one of the ${path}; the path stands for ${filter}.`,
      access: 'read',
      answer: queryDocumentSchema,
      problems: [400, 404, 406, 413, 414, 503],
    })
    async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const value = valueOf(request);
      await this.values.assertKnown(family, value);
      await this.queries.answerUrl(request, reply, { parameter: filter, value });
    }
  }

  function valueOf(request: FastifyRequest): string {
    return (request.params as Readonly<Record<string, string>>)[parameter] as string;
  }
  // Metrics, logs and the OpenAPI document tell the controllers apart by their names.
  Object.defineProperty(ResourceController, 'name', { value: `${Name}Controller` });
  return ResourceController;
}
