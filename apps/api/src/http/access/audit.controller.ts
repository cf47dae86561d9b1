import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { AccessRecords } from '#index';
import { contextOf } from '../auth/caller.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS } from '../parts.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import {
  auditExportQuerySchema,
  auditPageSchema,
  auditQuerySchema,
  auditVerificationSchema,
  auditVerifyQuerySchema,
} from './access.contract.js';

const EXPORT_BATCH = 500;

/** What was done with this node, by whom. */
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(ACCESS_RECORDS) private readonly records: AccessRecords) {}

  @Get()
  @Operation({
    id: 'listAuditEvents',
    tag: 'Access',
    summary: 'Administrative acts, newest first.',
    access: 'audit',
    answer: auditPageSchema,
    problems: [400, 503],
  })
  list(@Query({ schema: auditQuerySchema }) query: z.infer<typeof auditQuerySchema>) {
    const { limit, cursor, action, actor, since, until } = query;
    return whileDatabaseIsUp(() =>
      this.records.audit.list(present({ action, actor, since, until }), present({ limit, cursor })),
    );
  }

  @Get('export')
  @Operation({
    id: 'exportAuditLog',
    tag: 'Access',
    summary: 'The audit log as JSON lines, oldest first.',
    description: 'Each line is an AuditEvent; `after` continues an earlier export.',
    access: 'audit',
    problems: [400, 503],
  })
  async export(
    @Query({ schema: auditExportQuerySchema }) { after = 0 }: z.infer<typeof auditExportQuerySchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Recorded, and thereby the database asked, before the answer begins.
    await whileDatabaseIsUp(() =>
      this.records.audit.append(contextOf(request), { action: 'audit.exported', details: { after } }),
    );
    await reply
      .type('application/jsonl')
      .header('content-disposition', 'attachment; filename="audit.jsonl"')
      .send(Readable.from(this.lines(after)));
  }

  private async *lines(after: number): AsyncGenerator<string> {
    for (let seq = after; ;) {
      const events = await this.records.audit.after(seq, EXPORT_BATCH);
      const last = events.at(-1);
      if (last === undefined) return;
      yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
      seq = last.seq;
    }
  }

  @Get('verify')
  @Operation({
    id: 'verifyAuditLog',
    tag: 'Access',
    summary: 'Computes the chain of hashes anew and says whether anything was changed.',
    description:
      'With `seq` and `hash` of a head noted earlier also finds that events were cut off or all written anew.',
    access: 'audit',
    answer: auditVerificationSchema,
    problems: [400, 503],
  })
  verify(@Query({ schema: auditVerifyQuerySchema }) { seq, hash }: z.infer<typeof auditVerifyQuerySchema>) {
    return whileDatabaseIsUp(() =>
      this.records.audit.verify(seq === undefined || hash === undefined ? undefined : { seq, hash }),
    );
  }
}
