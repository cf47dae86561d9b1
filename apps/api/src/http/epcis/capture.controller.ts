import { Controller, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiQuery } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaptureJobStore } from '#index';
import { CONTENT_BYTES_MAX } from '#ledger';
import { Operation } from '../openapi/operation.js';
import { CAPTURE_JOBS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { captureJobAnswer, captureJobListSchema, captureJobSchema, repairReportSchema } from './capture.contract.js';
import { CaptureRunner } from './capture-runner.js';
import { draftsOf } from './document-drafts.js';
import { ApiPaging } from './event-query.openapi.js';
import { CAPTURE_ERROR_BEHAVIOURS, captureErrorBehaviour, Gs1Negotiation } from './gs1-headers.js';
import { CAPTURE_BYTES_MAX, CAPTURE_LIMITS } from './limits.js';
import { Pages } from './paging/pages.js';
import { documentToCapture, REPAIR_PARAMETER } from './repaired-document.js';

/** EPCIS 2.0 capture interface (REST bindings): documents become signed entries of this organisation. */
@Controller('epcis/capture')
@UseGuards(Gs1Negotiation)
export class CaptureController {
  constructor(
    @Inject(CAPTURE_JOBS) private readonly jobs: CaptureJobStore,
    @Inject(CaptureRunner) private readonly runner: CaptureRunner,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Post()
  @ApiConsumes('application/json', 'application/ld+json', 'application/xml', 'text/xml')
  @ApiBody({
    schema: {
      type: 'object',
      description: 'An EPCISDocument or EPCISQueryDocument (EPCIS 2.0 JSON-LD), or one event with its own @context.',
    },
  })
  @ApiHeader({
    name: 'GS1-Capture-Error-Behaviour',
    required: false,
    schema: { type: 'string', enum: [...CAPTURE_ERROR_BEHAVIOURS], default: 'rollback' },
    description:
      '`rollback`: one entry with all events or none. `proceed`: one entry per event, each recorded or refused on its own.',
  })
  @ApiQuery(REPAIR_PARAMETER)
  @Operation({
    id: 'captureDocument',
    tag: 'EPCIS',
    summary: 'Captures an EPCISDocument; `Location` is the capture job.',
    description: '202 says: received and syntactically valid. At most 1 MiB with rollback, 16 MiB with proceed.',
    access: 'capture',
    status: 202,
    answer: repairReportSchema,
    problems: [400, 406, 413, 415, 503],
    body: 'bytes',
    bodyLimitBytes: CAPTURE_BYTES_MAX,
  })
  async capture(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const behaviour = captureErrorBehaviour(request);
    const { document, report } = documentToCapture(request, behaviour);
    if (behaviour === 'rollback' && document.bytes.length > CONTENT_BYTES_MAX) {
      throw new ApiProblem(
        'API_BODY_TOO_LARGE',
        'A document that is recorded as a whole has at most 1 MiB; send GS1-Capture-Error-Behaviour: proceed to record its events one by one.',
        [],
        CAPTURE_LIMITS,
      );
    }
    const drafts = draftsOf(document, behaviour);
    this.runner.assertRoom();
    const captureID = randomUUID();
    await whileDatabaseIsUp(() => this.jobs.create({ captureID, captureErrorBehaviour: behaviour, ...report }));
    this.runner.start(captureID, drafts, request.id);
    await reply
      .code(202)
      .headers({ location: `/epcis/capture/${captureID}`, 'GS1-Capture-Error-Behaviour': behaviour })
      .send(report);
  }

  @Get()
  @ApiPaging()
  @Operation({
    id: 'listCaptureJobs',
    tag: 'EPCIS',
    summary: 'The capture jobs of this node, newest first.',
    access: 'read',
    answer: captureJobListSchema,
    problems: [400, 406, 503],
  })
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { perPage, cursor } = this.pages.asked(request);
    const page = await whileDatabaseIsUp(() =>
      this.jobs.list({ limit: perPage, ...(cursor !== undefined && { cursor }) }),
    );
    this.pages.linkNext(request, reply, page.nextCursor);
    return page.items.map(captureJobAnswer);
  }

  @Get(':captureID')
  @Operation({
    id: 'getCaptureJob',
    tag: 'EPCIS',
    summary: 'What became of a capture.',
    description: 'When it is no longer running, what it recorded can be queried.',
    access: 'read',
    answer: captureJobSchema,
    problems: [404, 406, 503],
  })
  async job(@Param('captureID') captureID: string) {
    const job = await whileDatabaseIsUp(() => this.jobs.get(captureID));
    if (job === undefined) throw new ApiProblem('API_NOT_FOUND', 'There is no capture job with this id.');
    return captureJobAnswer(job);
  }
}
