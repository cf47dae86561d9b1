import { Buffer } from 'node:buffer';
import { Body, Controller, Delete, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InvitationDto, JoinRequestDto } from '#index';
import type { LadingNode } from '#node';
import { proposalOpening } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { GENESIS_FILE, LADING_NODE } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { ActWriter } from '../writes/act-writer.js';
import {
  admissionInputSchema,
  admissionReceiptSchema,
  joinRequestInputSchema,
  joinRequestsSchema,
  joinRequestStateSchema,
  previewSchema,
  ticketSchema,
  type Applicant,
} from './join-request.contract.js';
import { JoinRequests } from './join-requests.js';
import { JOINING, type Joining } from './joining.js';
import { TicketOffice } from './ticket-office.js';

/** Of the body of a request that nobody known sends. */
const BODY_BYTES_MAX = 65_536;

/** The way in for organisations that were invited. Who files a request is nobody known: the ticket is all that lets them. */
@Controller('api/v1/join-requests')
export class JoinRequestsController {
  constructor(
    @Inject(TicketOffice) private readonly tickets: TicketOffice,
    @Inject(JoinRequests) private readonly requests: JoinRequests,
    @Inject(JOINING) private readonly joining: Joining,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(GENESIS_FILE) private readonly genesisFile: Uint8Array,
  ) {}

  @Post('preview')
  @Operation({
    id: 'previewInvitation',
    tag: 'Joining',
    summary: 'What a ticket is for, and the genesis file of its network. Does not use it up.',
    access: 'public',
    limit: 'guessable',
    bodyLimitBytes: BODY_BYTES_MAX,
    answer: previewSchema,
    problems: [400, 409, 422, 503],
  })
  async preview(
    @Body({ schema: ticketSchema }) body: z.infer<typeof ticketSchema>,
  ): Promise<z.infer<typeof previewSchema>> {
    const { ticket, invitation } = await this.tickets.take(body.ticket);
    return {
      networkId: ticket.networkId,
      inviter: ticket.inviter,
      name: invitation.name,
      roles: [...invitation.roles],
      expiresAt: invitation.expiresAt,
      genesis: Buffer.from(this.genesisFile).toString('base64'),
    };
  }

  @Post()
  @Operation({
    id: 'fileJoinRequest',
    tag: 'Joining',
    summary: 'Asks to be admitted, with a ticket and proofs of possession of the keys.',
    access: 'public',
    limit: 'guessable',
    bodyLimitBytes: BODY_BYTES_MAX,
    status: 201,
    answer: joinRequestStateSchema,
    problems: [400, 409, 422, 503],
  })
  async file(
    @Body({ schema: joinRequestInputSchema }) { ticket, organization }: z.infer<typeof joinRequestInputSchema>,
  ): Promise<z.infer<typeof joinRequestStateSchema>> {
    return this.stateOf(await this.requests.file(await this.tickets.take(ticket), organization));
  }

  @Get()
  @Operation({
    id: 'listJoinRequests',
    tag: 'Joining',
    summary: 'Requests to this organisation, newest first, each with its six words.',
    access: 'governance',
    answer: joinRequestsSchema,
    problems: [503],
  })
  async list(): Promise<z.infer<typeof joinRequestsSchema>> {
    const { invitations } = this.joining;
    const requests = await whileDatabaseIsUp(() => invitations.requests());
    const items = requests.map(async (request) => {
      const { id, name, roles } = await this.invitationOf(request);
      const organization = request.request as Applicant;
      const invitation = { id, name, roles: [...roles] };
      return { ...this.stateOf(request), invitation, organization, filedAt: request.filedAt };
    });
    return { items: await Promise.all(items) };
  }

  @Get(':id')
  @Operation({
    id: 'getJoinRequest',
    tag: 'Joining',
    summary: 'How a request stands, for who filed it: only they, and this organisation, know its id.',
    access: 'public',
    answer: joinRequestStateSchema,
    problems: [404, 503],
  })
  async state(@Param('id') id: string): Promise<z.infer<typeof joinRequestStateSchema>> {
    return this.stateOf(await this.requestOf(id));
  }

  @Post(':id/proposal')
  @Operation({
    id: 'proposeAdmission',
    tag: 'Joining',
    summary: 'Puts a request to the vote: opens the proposal to admit the organisation, with this one’s yes.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: admissionReceiptSchema,
    problems: [403, 404, 501],
    isWrite: true,
  })
  async propose(
    @Param('id') id: string,
    @Body({ schema: admissionInputSchema }) input: z.infer<typeof admissionInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { wordsCompared, reason, expiresAfterBlocks } = input;
    const filed = await this.requestOf(id);
    const action = this.requests.admissionOf(filed.request as Applicant, await this.invitationOf(filed), wordsCompared);
    await this.acts.write(request, reply, {
      signWith: 'admin',
      draft: () => proposalOpening({ action, reason, expiresAt: this.node.head().header.height + expiresAfterBlocks }),
      answer: (receipt) => ({ ...receipt, id: receipt.entryId }),
      location: (proposal) => `/api/v1/proposals/${proposal}`,
    });
  }

  @Delete(':id')
  @Operation({
    id: 'rejectJoinRequest',
    tag: 'Joining',
    summary: 'Says that a request is not put to the vote. Its ticket stays used.',
    access: 'governance',
    status: 204,
    problems: [404, 503],
  })
  async reject(@Param('id') id: string): Promise<void> {
    if (await whileDatabaseIsUp(() => this.joining.invitations.reject(id))) return;
    throw new ApiProblem('API_NOT_FOUND', 'There is no join request with this id that was not rejected before.');
  }

  private stateOf(request: JoinRequestDto): z.infer<typeof joinRequestStateSchema> {
    const words = this.requests.wordsOf(request.request as Applicant);
    return { id: request.id, words, ...this.requests.standingOf(request) };
  }

  private async requestOf(id: string): Promise<JoinRequestDto> {
    const request = await whileDatabaseIsUp(() => this.joining.invitations.request(id));
    if (request === undefined) throw new ApiProblem('API_NOT_FOUND', 'There is no join request with this id.');
    return request;
  }

  /** Every request has one: its row was made from it. */
  private async invitationOf({ invitationId }: JoinRequestDto): Promise<InvitationDto> {
    return (await whileDatabaseIsUp(() => this.joining.invitations.get(invitationId))) as InvitationDto;
  }
}
