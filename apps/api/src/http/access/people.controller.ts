import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { newEnrolmentLink, type AccessRecords } from '#index';
import type { AccessSettings } from '../auth/access-settings.js';
import { contextOf, requireOwn } from '../auth/caller.js';
import { scopesOfRole, type Role } from '../auth/scopes.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS, ACCESS_SETTINGS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import {
  emptySchema,
  invitationInputSchema,
  linkListSchema,
  linkSchema,
  listQuerySchema,
  personChangeSchema,
  personPageSchema,
  personSchema,
} from './access.contract.js';

const HOUR_MS = 3_600_000;
const INVITATION_MS = 72 * HOUR_MS;
const RECOVERY_MS = 24 * HOUR_MS;

/** The people of this organisation. */
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
    @Inject(ACCESS_SETTINGS) private readonly settings: AccessSettings,
  ) {}

  @Get()
  @Operation({
    id: 'listPeople',
    tag: 'Access',
    summary: 'The people of this organisation, by name.',
    access: 'admin',
    answer: personPageSchema,
    problems: [400, 503],
  })
  list(@Query({ schema: listQuerySchema }) query: z.infer<typeof listQuerySchema>) {
    return whileDatabaseIsUp(() => this.records.people.list(present(query)));
  }

  @Get('invitations')
  @Operation({
    id: 'listEnrolmentLinks',
    tag: 'Access',
    summary: 'Links that are open: invitations, recoveries, the first admin’s.',
    access: 'admin',
    answer: linkListSchema,
    problems: [503],
  })
  async invitations() {
    return { items: await whileDatabaseIsUp(() => this.records.links.open()) };
  }

  @Post('invitations')
  @Operation({
    id: 'invitePerson',
    tag: 'Access',
    summary: 'A link by which somebody new enrols.',
    access: 'admin',
    freshPasskey: true,
    status: 201,
    answer: linkSchema,
    problems: [400, 503],
  })
  async invite(
    @Body({ schema: invitationInputSchema }) person: z.infer<typeof invitationInputSchema>,
    @Req() request: FastifyRequest,
  ) {
    requireOwn(request, scopesOfRole(person.role));
    const { link, url } = newEnrolmentLink(this.settings.origin, INVITATION_MS);
    const { id, expiresAt } = await whileDatabaseIsUp(() =>
      this.records.links.invite(contextOf(request), link, person),
    );
    return { id, url, expiresAt };
  }

  @Delete('invitations/:id')
  @Operation({
    id: 'withdrawEnrolmentLink',
    tag: 'Access',
    summary: 'Withdraws a link that is open.',
    access: 'admin',
    status: 204,
    problems: [404, 503],
  })
  async withdraw(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    if (!(await whileDatabaseIsUp(() => this.records.links.withdraw(contextOf(request), id))))
      throw new ApiProblem('API_NOT_FOUND', 'There is no such open link.');
  }

  @Get(':id')
  @Operation({
    id: 'getPerson',
    tag: 'Access',
    summary: 'One person.',
    access: 'admin',
    answer: personSchema,
    problems: [404, 503],
  })
  async person(@Param('id') id: string) {
    const person = await whileDatabaseIsUp(() => this.records.people.get(id));
    if (person === undefined) throw unknownPerson();
    return person;
  }

  @Patch(':id')
  @Operation({
    id: 'changePerson',
    tag: 'Access',
    summary: 'Changes a name or a role, disables or enables a person.',
    access: 'admin',
    freshPasskey: true,
    answer: personSchema,
    problems: [400, 404, 409, 503],
  })
  async change(
    @Param('id') id: string,
    @Body({ schema: personChangeSchema }) change: z.infer<typeof personChangeSchema>,
    @Req() request: FastifyRequest,
  ) {
    const before = await this.person(id);
    // Also of who they are now: a caller of fewer rights must neither make nor unmake an admin.
    requireOwn(request, [...scopesOfRole(before.role as Role), ...scopesOfRole(change.role ?? 'viewer')]);
    const outcome = await whileDatabaseIsUp(() => this.records.people.change(contextOf(request), id, present(change)));
    if (outcome === 'unknown') throw unknownPerson();
    if (outcome === 'last-admin')
      throw new ApiProblem('ACCESS_LAST_ADMIN', 'This is the last active admin: make somebody else admin first.');
    return this.person(id);
  }

  @Post(':id/recovery')
  @Operation({
    id: 'recoverPerson',
    tag: 'Access',
    summary: 'A link by which a person who lost their passkeys registers a new one.',
    access: 'admin',
    freshPasskey: true,
    status: 201,
    answer: linkSchema,
    problems: [400, 404, 503],
  })
  async recover(
    @Param('id') id: string,
    @Body({ schema: emptySchema }) _nothing: z.infer<typeof emptySchema>,
    @Req() request: FastifyRequest,
  ) {
    const person = await this.person(id);
    requireOwn(request, scopesOfRole(person.role as Role));
    const { link, url } = newEnrolmentLink(this.settings.origin, RECOVERY_MS);
    const made = await whileDatabaseIsUp(() => this.records.links.recovery(contextOf(request), link, id));
    if (made === undefined) throw unknownPerson();
    return { id: made.id, url, expiresAt: made.expiresAt };
  }
}

function unknownPerson(): ApiProblem {
  return new ApiProblem('API_NOT_FOUND', 'There is no such person here.');
}
