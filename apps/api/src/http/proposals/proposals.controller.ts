import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RecordReader } from '#codec';
import { PROPOSAL, tallyOf, type ProposalId } from '#identity';
import type { ProposalDto } from '#index';
import type { EntryId } from '#ledger';
import type { LadingNode } from '#node';
import { ballot, proposalOpening, proposalWithdrawal, type EntryDraft } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { LADING_NODE, LEDGER_STATE } from '../parts.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { readQuerySchema, type ReadQuery } from '../reads/read.contract.js';
import { ActWriter, entryIdParam } from '../writes/act-writer.js';
import { proposalActionOf } from './proposal-action.contract.js';
import { changesOf, sentenceOf } from './proposal-meaning.js';
import { ProposalSimulator } from './proposal-simulator.js';
import {
  ballotInputSchema,
  openingInputSchema,
  proposalDetailSchema,
  proposalPageSchema,
  proposalReceiptSchema,
  proposalsQuerySchema,
  simulationInputSchema,
  simulationSchema,
  withdrawalInputSchema,
} from './proposal.contract.js';

const EXPIRES_AFTER_BLOCKS = 10_000;

/** What the organisations decide together. Each ballot is an entry, signed with the organisation's own admin key. */
@Controller('api/v1/proposals')
export class ProposalsController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(ProposalSimulator) private readonly simulator: ProposalSimulator,
  ) {}

  @Post()
  @Operation({
    id: 'openProposal',
    tag: 'Governance',
    summary: 'Proposes a change; of a validator that is its yes.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: proposalReceiptSchema,
    problems: [403, 501],
    isWrite: true,
  })
  async open(
    @Body({ schema: openingInputSchema }) input: z.infer<typeof openingInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { reason, effectHeight, expiresAfterBlocks = EXPIRES_AFTER_BLOCKS } = input;
    await this.acts.write(request, reply, {
      signWith: 'admin',
      draft: () =>
        proposalOpening({
          action: proposalActionOf(input.action),
          reason,
          expiresAt: input.expiresAt ?? this.node.head().header.height + expiresAfterBlocks,
          effectHeight,
        }),
      answer: (receipt) => ({ ...receipt, id: receipt.entryId, ...this.proposalNow(receipt.entryId) }),
      location: (id) => `/api/v1/proposals/${id}`,
    });
  }

  @Post(':id/votes')
  @Operation({
    id: 'castBallot',
    tag: 'Governance',
    summary: 'Casts this organisation’s ballot; the one that decides, decides at once.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: proposalReceiptSchema,
    problems: [403, 404, 501],
    isWrite: true,
  })
  async vote(
    @Param('id') text: string,
    @Body({ schema: ballotInputSchema }) { choice, reason }: z.infer<typeof ballotInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'proposal');
    await this.answer(id, ballot({ proposal: id, choice, reason }), request, reply);
  }

  @Post(':id/withdraw')
  @Operation({
    id: 'withdrawProposal',
    tag: 'Governance',
    summary: 'Takes an open proposal of this organisation back.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: proposalReceiptSchema,
    problems: [403, 404, 501],
    isWrite: true,
  })
  async withdraw(
    @Param('id') text: string,
    @Body({ schema: withdrawalInputSchema }) { reason }: z.infer<typeof withdrawalInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = entryIdParam(text, 'proposal');
    await this.answer(id, proposalWithdrawal({ proposal: id, reason }), request, reply);
  }

  @Post('simulate')
  @HttpCode(200)
  @Operation({
    id: 'simulateProposal',
    tag: 'Governance',
    summary: 'What a proposal would change, whether the rules would refuse it, and who could be reached afterwards.',
    description: 'Records nothing.',
    access: 'read',
    answer: simulationSchema,
    problems: [400],
  })
  simulate(
    @Body({ schema: simulationInputSchema }) { action }: z.infer<typeof simulationInputSchema>,
  ): z.infer<typeof simulationSchema> {
    return this.simulator.simulate(proposalActionOf(action));
  }

  @Get()
  @Operation({
    id: 'listProposals',
    tag: 'Governance',
    summary: 'Proposals of all organisations, newest first.',
    access: 'read',
    answer: proposalPageSchema,
    problems: [400, 503, 504],
  })
  async list(@Query({ schema: proposalsQuerySchema }) query: z.infer<typeof proposalsQuerySchema>) {
    const { state, kind, about, openedBy, limit, cursor } = query;
    const page = await this.index.read(query, (reads) =>
      reads.proposals(present({ state, kind, about, openedBy }), present({ limit, cursor })),
    );
    return { ...page, items: page.items.map(shown) };
  }

  @Get(':id')
  @Operation({
    id: 'getProposal',
    tag: 'Governance',
    summary: 'One proposal: what it changes, how the ballots stand, who cast which.',
    access: 'read',
    answer: proposalDetailSchema,
    problems: [404, 503, 504],
  })
  async proposal(@Param('id') text: string, @Query({ schema: readQuerySchema }) query: ReadQuery) {
    const id = entryIdParam(text, 'proposal');
    return shown(await this.index.readOne(query, `proposal ${id}`, (reads) => reads.proposal(id)));
  }

  private answer(id: EntryId, draft: EntryDraft, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.acts.write(request, reply, {
      signWith: 'admin',
      draft: () => draft,
      answer: (receipt) => ({ ...receipt, id, ...this.proposalNow(id) }),
      location: () => `/api/v1/proposals/${id}`,
    });
  }

  /** As the ledger has it after the entry: the index may be a moment behind. */
  private proposalNow(id: EntryId): object {
    const proposal = this.state.get(PROPOSAL, id satisfies ProposalId);
    if (proposal === undefined) return {};
    const { state, decided, effectHeight = null } = proposal;
    return { state, tally: decided?.tally ?? tallyOf(this.state, proposal), effectHeight };
  }
}

function shown<T extends ProposalDto>({ before, ...proposal }: T) {
  const proposed = { ...proposal, before };
  return { ...proposal, sentence: sentenceOf(proposed), changes: changesOf(proposed) };
}
