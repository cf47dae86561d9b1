import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { AccessRecords, LinkDto } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import { contextOf } from '../auth/caller.js';
import { sha256Hex } from '../auth/tokens.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS, ACCESS_SETTINGS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import {
  enrolmentInputSchema,
  enrolmentOptionsInputSchema,
  enrolmentOptionsSchema,
  sessionSchema,
} from './access.contract.js';
import { Passkeys } from './passkeys.js';
import { answerSignedIn, newSession } from './session-answer.js';

const PASSKEY_NAME_DEFAULT = 'First passkey';
const BODY_BYTES_MAX = 64 * 1024;

/** What the page behind a link does: registers a passkey for the person whom the link is for, and signs them in. */
@Controller('api/v1/enrolment')
export class EnrolmentController {
  constructor(
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
    @Inject(Passkeys) private readonly passkeys: Passkeys,
  ) {}

  @Post('options')
  @Operation({
    id: 'beginEnrolment',
    tag: 'Access',
    summary: 'Whom a link is for, and a challenge to register their passkey.',
    access: 'public',
    limit: 'guessable',
    answer: enrolmentOptionsSchema,
    problems: [400, 403, 503],
    bodyLimitBytes: BODY_BYTES_MAX,
  })
  options(@Body({ schema: enrolmentOptionsInputSchema }) input: z.infer<typeof enrolmentOptionsInputSchema>) {
    return whileDatabaseIsUp(async () => {
      const link = await this.linkOf(input.token);
      const name = nameFor(link, input.name);
      const { kind, role, personId } = link;
      const known = await this.records.people.passkeys(personId);
      const options = await this.passkeys.registrationOptions({ id: personId, name }, known, bindingOf(link));
      return { kind, role, name: link.name, options };
    });
  }

  @Post()
  @Operation({
    id: 'enrol',
    tag: 'Access',
    summary: 'Uses a link up: registers the passkey and signs the person in.',
    access: 'public',
    limit: 'guessable',
    status: 201,
    answer: sessionSchema,
    problems: [400, 403, 503],
    bodyLimitBytes: BODY_BYTES_MAX,
  })
  async enrol(
    @Body({ schema: enrolmentInputSchema }) input: z.infer<typeof enrolmentInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await whileDatabaseIsUp(async () => {
      const link = await this.linkOf(input.token);
      const name = nameFor(link, input.name);
      const passkey = await this.passkeys.register(
        input.response,
        input.passkeyName ?? PASSKEY_NAME_DEFAULT,
        bindingOf(link),
      );
      const { token, session } = newSession(request);
      const { requestId, address } = contextOf(request);
      const started = await this.records.links.enrol({ requestId, address }, sha256Hex(input.token), {
        name,
        passkey,
        session,
      });
      if (started === undefined) throw invalid();
      await answerSignedIn(reply, started, token, this.settings);
    });
  }

  private async linkOf(token: string): Promise<LinkDto> {
    const link = await this.records.links.byToken(sha256Hex(token));
    if (link === undefined) throw invalid();
    return link;
  }
}

function bindingOf(link: LinkDto): string {
  return `link ${link.id}`;
}

function nameFor(link: LinkDto, given: string | undefined): string {
  const name = link.name ?? given;
  if (name !== undefined) return name;
  throw new ApiProblem('API_INVALID_REQUEST', '/name: This field is required.', [
    { pointer: '/name', detail: 'The first admin says who they are.', code: 'API_FIELD_REQUIRED' },
  ]);
}

function invalid(): ApiProblem {
  return new ApiProblem(
    'ACCESS_LINK_INVALID',
    'This link was used, has expired, was withdrawn or never existed. Ask an admin for a new one.',
  );
}
