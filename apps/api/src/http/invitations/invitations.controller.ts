import { Body, Controller, Delete, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RecordReader } from '#codec';
import { ORGANIZATION } from '#identity';
import type { InvitationDto } from '#index';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { LEDGER_STATE, SELF, type Self } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { invitationInputSchema, invitationsSchema, newInvitationSchema } from './invitation.contract.js';
import { JOINING, type Joining } from './joining.js';
import { TicketOffice } from './ticket-office.js';

/** Whom this organisation invites. Nothing of it stands on the ledger until a newcomer is proposed. */
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(
    @Inject(TicketOffice) private readonly tickets: TicketOffice,
    @Inject(JOINING) private readonly joining: Joining,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(SELF) private readonly self: Self,
  ) {}

  @Post()
  @Operation({
    id: 'createInvitation',
    tag: 'Joining',
    summary: 'Makes a ticket with which one organisation may ask to join.',
    access: 'governance',
    status: 201,
    answer: newInvitationSchema,
    problems: [400, 503],
  })
  async create(
    @Body({ schema: invitationInputSchema })
    { name, roles, expiresAfterHours, apiUrl }: z.infer<typeof invitationInputSchema>,
    @Req() request: FastifyRequest,
  ): Promise<z.infer<typeof newInvitationSchema>> {
    const reachedAt = `${request.protocol}://${request.host}`;
    const url = (apiUrl ?? this.state.get(ORGANIZATION, this.self.did)?.apiUrl ?? reachedAt).replace(/\/+$/, '');
    const { invitation, ticket } = await this.tickets.issue({ name, roles, expiresAfterHours, apiUrl: url });
    return { ...shown(invitation), ticket, apiUrl: url };
  }

  @Get()
  @Operation({
    id: 'listInvitations',
    tag: 'Joining',
    summary: 'Invitations of this organisation, newest first; without their tickets.',
    access: 'governance',
    answer: invitationsSchema,
    problems: [503],
  })
  async list(): Promise<z.infer<typeof invitationsSchema>> {
    const items = await whileDatabaseIsUp(() => this.joining.invitations.list());
    return { items: items.map(shown) };
  }

  @Delete(':id')
  @Operation({
    id: 'revokeInvitation',
    tag: 'Joining',
    summary: 'Takes an invitation back that was not used.',
    access: 'governance',
    status: 204,
    problems: [404, 503],
  })
  async revoke(@Param('id') id: string): Promise<void> {
    if (await whileDatabaseIsUp(() => this.joining.invitations.revoke(id))) return;
    throw new ApiProblem('API_NOT_FOUND', 'There is no invitation with this id that is neither used nor revoked.');
  }
}

function shown({ id, name, roles, createdAt, expiresAt, revokedAt, joinRequestId }: InvitationDto) {
  const isExpired = Date.parse(expiresAt) <= Date.now();
  const unused = isExpired ? 'expired' : 'open';
  const state = revokedAt !== null ? 'revoked' : joinRequestId !== null ? 'used' : unused;
  return { id, name, roles: [...roles], state, createdAt, expiresAt, joinRequestId } as z.infer<
    typeof invitationsSchema
  >['items'][number];
}
