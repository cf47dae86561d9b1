import { Controller, Delete, Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { AccessRecords } from '#index';
import { callerOf, contextOf } from '../auth/caller.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { sessionListQuerySchema, sessionListSchema } from './access.contract.js';

/** Who is signed in: everybody sees and ends their own sessions, admins all. */
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(@Inject(ACCESS_RECORDS) private readonly records: AccessRecords) {}

  @Get()
  @Operation({
    id: 'listSessions',
    tag: 'Access',
    summary: 'Sessions of oneself; with `all=true`, for admins, of everybody.',
    access: 'identified',
    answer: sessionListSchema,
    problems: [400, 403, 503],
  })
  async list(
    @Query({ schema: sessionListQuerySchema }) { all }: z.infer<typeof sessionListQuerySchema>,
    @Req() request: FastifyRequest,
  ) {
    const whose = all === 'true' ? everybodyFor(request) : ownOf(request);
    const current = request.caller?.kind === 'person' ? request.caller.session.id : undefined;
    const sessions = await whileDatabaseIsUp(() => this.records.sessions.list(whose));
    return {
      items: sessions.map(({ id, personId, personName, createdAt, lastSeenAt, expiresAt, address, userAgent }) => ({
        id,
        personId,
        personName,
        isCurrent: id === current,
        createdAt,
        lastSeenAt,
        expiresAt,
        address,
        userAgent,
      })),
    };
  }

  @Delete(':id')
  @Operation({
    id: 'endSession',
    tag: 'Access',
    summary: 'Ends a session: one’s own, or any for admins.',
    access: 'identified',
    status: 204,
    problems: [403, 404, 503],
  })
  async end(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const whose = callerOf(request).scopes.includes('admin') ? undefined : ownOf(request);
    const isEnded = await whileDatabaseIsUp(() => this.records.sessions.end(contextOf(request), id, whose));
    // Somebody else's session looks like none.
    if (!isEnded) throw new ApiProblem('API_NOT_FOUND', 'There is no such session.');
  }
}

function ownOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  // A service has none; the empty id is nobody's.
  return caller.kind === 'person' ? caller.id : '';
}

function everybodyFor(request: FastifyRequest): undefined {
  if (!callerOf(request).scopes.includes('admin'))
    throw new ApiProblem('ACCESS_FORBIDDEN', 'Sessions of others need the scope admin.');
  return undefined;
}
