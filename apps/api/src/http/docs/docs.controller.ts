import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ApiProblem } from '../problem/problem.js';
import { DocsPages } from './docs-pages.js';

const PUBLIC = { access: 'public' } as const;

/** The API described: the OpenAPI document, a page to read and try it, and a page that explains each error code. */
@ApiExcludeController()
@Controller()
export class DocsController {
  constructor(@Inject(DocsPages) private readonly pages: DocsPages) {}

  @Get('openapi.json')
  @RouteConfig(PUBLIC)
  async openApi(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('application/json').send(this.pages.openApiJson());
  }

  @Get('docs')
  @RouteConfig(PUBLIC)
  async reference(@Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, this.pages.reference());
  }

  @Get('docs/errors')
  @RouteConfig(PUBLIC)
  async errors(@Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, await this.pages.errors());
  }

  @Get('docs/assets/:name')
  @RouteConfig(PUBLIC)
  async asset(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const asset = await this.pages.asset(name);
    if (asset === undefined) throw new ApiProblem('API_NOT_FOUND', 'There is no such file here.');
    await reply.type(asset.type).header('cache-control', 'public, max-age=3600').send(asset.content);
  }

  private async page(reply: FastifyReply, html: string): Promise<void> {
    // Everything comes from this node; the reference page sets styles on its elements, hence the exception.
    await reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      .send(html);
  }
}
