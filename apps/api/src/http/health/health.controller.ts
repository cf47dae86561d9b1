import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.array(
      z.object({
        name: z.enum(['database', 'index', 'peers', 'quorum', 'clock']),
        ok: z.boolean(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'Readiness', description: 'Status 503 with the same body when a check fails.' });

@Controller()
export class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  @Operation({
    id: 'getHealth',
    tag: 'Operations',
    summary: 'The process is up.',
    access: 'public',
    limit: 'none',
    answer: healthSchema,
  })
  health(): z.infer<typeof healthSchema> {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Operation({
    id: 'getReadiness',
    tag: 'Operations',
    summary: 'The node can do its work; 503 with what to do when not.',
    access: 'public',
    limit: 'none',
    answer: readinessSchema,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.infer<typeof readinessSchema>> {
    const checks = await this.readiness.checks();
    const isReady = checks.every((check) => check.ok);
    if (!isReady) reply.code(503);
    return { status: isReady ? 'ready' : 'not-ready', checks: [...checks] };
  }

  @Get('metrics')
  @Operation({
    id: 'getMetrics',
    tag: 'Operations',
    summary: 'Figures for Prometheus (text format).',
    access: 'metrics',
  })
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    await reply.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
