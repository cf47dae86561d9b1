import { Body, Controller, Delete, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { AccessRecords } from '#index';
import { contextOf, personOf } from '../auth/caller.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import {
  emptySchema,
  newPasskeySchema,
  optionsSchema,
  passkeyAddedSchema,
  passkeyListSchema,
} from './access.contract.js';
import { Passkeys } from './passkeys.js';

/** One's own passkeys. Two are better than one: a lost device then locks nobody out. */
@Controller('api/v1/session/passkeys')
export class OwnPasskeysController {
  constructor(
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
    @Inject(Passkeys) private readonly passkeys: Passkeys,
  ) {}

  @Get()
  @Operation({
    id: 'listPasskeys',
    tag: 'Access',
    summary: 'One’s own passkeys.',
    access: 'identified',
    answer: passkeyListSchema,
    problems: [403, 503],
  })
  async list(@Req() request: FastifyRequest) {
    const { id } = personOf(request);
    const passkeys = await whileDatabaseIsUp(() => this.records.people.passkeys(id));
    return {
      items: passkeys.map(({ id, name, createdAt, lastUsedAt, isBackedUp, isDeviceBound }) => ({
        id,
        name,
        createdAt,
        lastUsedAt,
        isBackedUp,
        isDeviceBound,
      })),
    };
  }

  @Post('options')
  @Operation({
    id: 'beginPasskey',
    tag: 'Access',
    summary: 'A challenge to register a further passkey.',
    access: 'identified',
    answer: optionsSchema,
    problems: [400, 403, 503],
  })
  options(
    @Body({ schema: emptySchema }) _nothing: z.infer<typeof emptySchema>,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const person = personOf(request);
    return whileDatabaseIsUp(async () =>
      this.passkeys.registrationOptions(
        person,
        await this.records.people.passkeys(person.id),
        registrationBinding(person.session.id),
      ),
    );
  }

  @Post()
  @Operation({
    id: 'addPasskey',
    tag: 'Access',
    summary: 'Registers a further passkey.',
    access: 'identified',
    freshPasskey: true,
    status: 201,
    answer: passkeyAddedSchema,
    problems: [400, 403, 503],
  })
  async add(
    @Body({ schema: newPasskeySchema }) { name, response }: z.infer<typeof newPasskeySchema>,
    @Req() request: FastifyRequest,
  ) {
    const { id, session } = personOf(request);
    return whileDatabaseIsUp(async () => {
      const passkey = await this.passkeys.register(response, name, registrationBinding(session.id));
      if (!(await this.records.people.addPasskey(contextOf(request), id, passkey)))
        throw new ApiProblem('ACCESS_PASSKEY_REFUSED', 'This passkey is registered already.');
      return { id: passkey.id };
    });
  }

  @Delete(':id')
  @Operation({
    id: 'removePasskey',
    tag: 'Access',
    summary: 'Removes one’s own passkey; the last one stays.',
    access: 'identified',
    freshPasskey: true,
    status: 204,
    problems: [403, 404, 409, 503],
  })
  async remove(@Param('id') passkeyId: string, @Req() request: FastifyRequest): Promise<void> {
    const { id } = personOf(request);
    const outcome = await whileDatabaseIsUp(() => this.records.people.removePasskey(contextOf(request), id, passkeyId));
    if (outcome === 'unknown') throw new ApiProblem('API_NOT_FOUND', 'You have no such passkey.');
    if (outcome === 'last-passkey')
      throw new ApiProblem('ACCESS_LAST_PASSKEY', 'This is your last passkey: add another one first.');
  }
}

function registrationBinding(sessionId: string): string {
  return `passkey ${sessionId}`;
}
