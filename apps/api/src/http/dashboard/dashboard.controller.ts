import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DashboardFiles } from './dashboard-files.js';

const PUBLIC = { access: 'public' } as const;
/** Scripts and styles of the dashboard; its page is served by `servePages`. */
@ApiExcludeController()
@Controller()
export class DashboardController {
  constructor(@Inject(DashboardFiles) private readonly files: DashboardFiles) {}

  @Get('assets/:name')
  @RouteConfig(PUBLIC)
  async asset(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asset = this.files.asset(name);
    if (asset === undefined) throw new NotFoundException();
    // The name changes with the content, so a browser need never ask again.
    reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('etag', asset.etag)
      .header('vary', 'accept-encoding');
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send();
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (takesGzip) reply.header('content-encoding', 'gzip');
    await reply.send(takesGzip ? asset.gzipped : asset.content);
  }
}
