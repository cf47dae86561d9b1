import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaptureJobStore } from '#index';
import { CONTENT_BYTES_MAX } from '#ledger';
import { Operation } from '../openapi/operation.js';
import { CAPTURE_JOBS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { pageQuerySchema, type PageQuery } from '../reads/read.contract.js';
import { captureJobListSchema, captureJobSchema } from './capture.contract.js';
import { CaptureRunner } from './capture-runner.js';
import { draftsOf } from './document-drafts.js';
import { captureErrorBehaviour, tellVersions } from './gs1-headers.js';

/** A document that is recorded event by event may be larger than one entry's content. */
const PROCEED_BYTES_MAX = 16 * 1024 * 1024;

/** EPCIS 2.0 capture interface (REST bindings): documents become signed entries of this organisation. */
@Controller('epcis/capture')
export class CaptureController {
  constructor(
    @Inject(CAPTURE_JOBS) private readonly jobs: CaptureJobStore,
    @Inject(CaptureRunner) private readonly runner: CaptureRunner,
  ) {}

  @Post()
  @ApiConsumes('application/json', 'application/ld+json')
  @ApiBody({
    schema: {
      type: 'object',
      description: 'An EPCISDocument (EPCIS 2.0 JSON-LD), or one event with its own @context.',
    },
  })
  @ApiHeader({
    name: 'GS1-Capture-Error-Behaviour',
    required: false,
    schema: { type: 'string', enum: ['rollback', 'proceed'], default: 'rollback' },
    description:
      '`rollback`: one entry with all events or none. `proceed`: one entry per event, each recorded or refused on its own.',
  })
  @Operation({
    id: 'captureDocument',
    tag: 'EPCIS',
    summary: 'Captures an EPCISDocument; `Location` is the capture job.',
    description: '202 says: received and syntactically valid. At most 1 MiB with rollback, 16 MiB with proceed.',
    access: 'key',
    status: 202,
    problems: [400, 413, 415, 503],
    body: 'bytes',
    bodyLimitBytes: PROCEED_BYTES_MAX,
  })
  async capture(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    tellVersions(reply);
    const behaviour = captureErrorBehaviour(request);
    const bytes = documentBytes(request);
    if (behaviour === 'rollback' && bytes.length > CONTENT_BYTES_MAX) {
      throw new ApiProblem(
        'API_BODY_TOO_LARGE',
        'A document that is recorded as a whole has at most 1 MiB; send GS1-Capture-Error-Behaviour: proceed to record its events one by one.',
      );
    }
    const drafts = draftsOf(bytes, behaviour);
    this.runner.assertRoom();
    const captureID = randomUUID();
    await whileDatabaseIsUp(() => this.jobs.create({ captureID, captureErrorBehaviour: behaviour }));
    this.runner.start(captureID, drafts, request.id);
    await reply
      .code(202)
      .headers({ location: `/epcis/capture/${captureID}`, 'GS1-Capture-Error-Behaviour': behaviour })
      .send();
  }

  @Get()
  @Operation({
    id: 'listCaptureJobs',
    tag: 'EPCIS',
    summary: 'The capture jobs of this node, newest first.',
    access: 'read',
    answer: captureJobListSchema,
    problems: [400, 503],
  })
  list(@Query({ schema: pageQuerySchema }) query: PageQuery, @Res({ passthrough: true }) reply: FastifyReply) {
    tellVersions(reply);
    return whileDatabaseIsUp(() => this.jobs.list(present({ limit: query.limit, cursor: query.cursor })));
  }

  @Get(':captureID')
  @Operation({
    id: 'getCaptureJob',
    tag: 'EPCIS',
    summary: 'What became of a capture.',
    access: 'read',
    answer: captureJobSchema,
    problems: [404, 503],
  })
  async job(@Param('captureID') captureID: string, @Res({ passthrough: true }) reply: FastifyReply) {
    tellVersions(reply);
    const job = await whileDatabaseIsUp(() => this.jobs.get(captureID));
    if (job === undefined) throw new ApiProblem('API_NOT_FOUND', 'There is no capture job with this id.');
    return job;
  }
}

function documentBytes(request: FastifyRequest): Uint8Array {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(ld\+)?json\s*(;|$)/i.test(type))
    throw new ApiProblem('API_UNSUPPORTED_MEDIA_TYPE', 'Send the document as application/json or application/ld+json.');
  return request.body as Buffer;
}
