import { Controller, Get, Headers, Inject, Query, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LadingNode } from '#node';
import { Operation } from '../openapi/operation.js';
import { LADING_NODE } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { BlockStream } from './block-stream.js';

/** Pages open at once; a stranger with a key cannot hold more. */
const STREAMS_MAX = 200;

const streamQuerySchema = z.strictObject({
  from: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,14})$/)
    .transform(Number)
    .optional()
    .describe('First block to tell; only new ones when omitted.'),
});

@Controller('api/v1/stream')
export class StreamController implements OnModuleDestroy {
  private readonly streams = new Set<BlockStream>();

  constructor(@Inject(LADING_NODE) private readonly node: LadingNode) {}

  @Get()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Id of the last event seen, a height: the blocks after it are told first.',
    schema: { type: 'string' },
  })
  @Operation({
    id: 'streamBlocks',
    tag: 'Network',
    summary: 'Blocks as they become durable on this node: server-sent events.',
    description:
      '`event: block`, `id:` its height, `data:` `{ height, hash, time, proposer, entryCount, kinds, findings }`. At least once, in order, from any height. A comment every 15 s keeps the connection open.',
    access: 'read',
    problems: [400, 503],
  })
  stream(
    @Query({ schema: streamQuerySchema }) query: z.infer<typeof streamQuerySchema>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    if (this.streams.size >= STREAMS_MAX) {
      throw new ApiProblem('API_TOO_MANY_STREAMS', `This node holds ${STREAMS_MAX} streams open already.`, [], {
        'retry-after': '30',
      });
    }
    const after = /^\d{1,15}$/.test(lastEventId ?? '') ? Number(lastEventId) + 1 : query.from;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = new BlockStream(this.node, reply.raw, after ?? this.node.durableHeight() + 1);
    this.streams.add(stream);
    request.raw.once('close', () => {
      stream.stop();
      this.streams.delete(stream);
    });
  }

  /** The node stops: a stream would keep it waiting. */
  onModuleDestroy(): void {
    for (const stream of this.streams) stream.end();
  }
}
