import { Body, Controller, Delete, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { AccessRecords } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import { callerOf, contextOf, personOf } from '../auth/caller.js';
import { freshBinding } from '../auth/fresh-passkey.js';
import { sessionCookie } from '../auth/session-cookie.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS, ACCESS_SETTINGS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { challengeInputSchema, emptySchema, optionsSchema, sessionSchema, signInSchema } from './access.contract.js';
import { FRESH_CHALLENGE_MS, Passkeys } from './passkeys.js';
import { answerSignedIn, newSession, type SessionAnswer } from './session-answer.js';

const SIGN_IN = 'sign-in';
const BODY_BYTES_MAX = 64 * 1024;

/** Signing in and out. */
@Controller('api/v1/session')
export class SessionController {
  constructor(
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
    @Inject(Passkeys) private readonly passkeys: Passkeys,
  ) {}

  @Post('options')
  @Operation({
    id: 'beginSignIn',
    tag: 'Access',
    summary: 'A challenge to sign in with a passkey.',
    access: 'public',
    limit: 'guessable',
    answer: optionsSchema,
    problems: [400, 503],
  })
  options(@Body({ schema: emptySchema }) _nothing: z.infer<typeof emptySchema>): Promise<object> {
    return whileDatabaseIsUp(() => this.passkeys.assertionOptions(SIGN_IN));
  }

  @Post()
  @Operation({
    id: 'signIn',
    tag: 'Access',
    summary: 'Signs a person in; the answer sets the session’s cookie.',
    access: 'public',
    limit: 'guessable',
    status: 201,
    answer: sessionSchema,
    problems: [400, 403, 503],
    bodyLimitBytes: BODY_BYTES_MAX,
  })
  async signIn(
    @Body({ schema: signInSchema }) { response }: z.infer<typeof signInSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await whileDatabaseIsUp(async () => {
      const passkey = await this.prove(response, request);
      const { token, session } = newSession(request);
      const actor = { kind: 'person', id: passkey.personId, name: passkey.personName } as const;
      const started = await this.records.sessions.start({ ...contextOf(request), actor }, passkey.personId, session);
      await answerSignedIn(reply, started, token, this.settings);
    });
  }

  private async prove(response: z.infer<typeof signInSchema>['response'], request: FastifyRequest) {
    try {
      return await this.passkeys.prove(response, SIGN_IN);
    } catch (error) {
      if (error instanceof ApiProblem)
        await this.records.audit.append(contextOf(request), {
          action: 'session.refused',
          target: response.id,
          details: { code: error.code, reason: error.detail },
        });
      throw error;
    }
  }

  @Get()
  @Operation({
    id: 'getSession',
    tag: 'Access',
    summary: 'Who is calling, and what they may do.',
    access: 'identified',
    answer: sessionSchema,
    problems: [503],
  })
  session(@Req() request: FastifyRequest): SessionAnswer {
    const caller = callerOf(request);
    const { kind, scopes } = caller;
    if (caller.kind === 'bootstrap') return { caller: { kind }, scopes };
    const { id, name } = caller;
    if (caller.kind === 'service') return { caller: { kind, id, name }, scopes };
    const { idleExpiresAt, expiresAt } = caller.session;
    return {
      caller: { kind, id, name, role: caller.role },
      scopes,
      csrfToken: caller.csrfToken,
      idleExpiresAt,
      expiresAt,
    };
  }

  @Delete()
  @Operation({
    id: 'signOut',
    tag: 'Access',
    summary: 'Signs out.',
    access: 'identified',
    status: 204,
    problems: [403, 503],
  })
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { session } = personOf(request);
    await whileDatabaseIsUp(() => this.records.sessions.end(contextOf(request), session.id, undefined));
    await reply.code(204).header('set-cookie', sessionCookie('', this.settings)).send();
  }

  @Post('challenge')
  @Operation({
    id: 'challengePasskey',
    tag: 'Access',
    summary: 'A challenge for a fresh assertion that confirms one request.',
    access: 'identified',
    status: 200,
    answer: optionsSchema,
    problems: [400, 403, 503],
  })
  challenge(
    @Body({ schema: challengeInputSchema }) act: z.infer<typeof challengeInputSchema>,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const { id, session } = personOf(request);
    return whileDatabaseIsUp(async () =>
      this.passkeys.assertionOptions(
        freshBinding(session.id, act),
        FRESH_CHALLENGE_MS,
        await this.records.people.passkeys(id),
      ),
    );
  }
}
