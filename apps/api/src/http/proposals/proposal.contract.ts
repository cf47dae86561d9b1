import { z } from 'zod';
import { PROPOSAL_ACTIONS, PROPOSAL_BLOCKS_MAX } from '#identity';
import { asOfSchema, entryReferenceSchema, pageQuerySchema, pageSchema } from '../reads/read.contract.js';
import { receiptShape } from '../writes/receipt.contract.js';
import { proposalActionSchema } from './proposal-action.contract.js';

const reason = z.string().min(1).max(2_000).optional().describe('For people; no rule depends on it.');
const height = z.int().min(0);

export const openingInputSchema = z
  .strictObject({
    action: proposalActionSchema,
    reason,
    expiresAfterBlocks: z
      .int()
      .min(1)
      .max(PROPOSAL_BLOCKS_MAX)
      .optional()
      .describe('Blocks for which ballots are taken; 10,000 when omitted.'),
    expiresAt: height.optional().describe('Instead of that, the last height at which a ballot is taken.'),
    effectHeight: height
      .optional()
      .describe(
        'First height decided under the change, above expiresAt; without it, the one after the deciding ballot.',
      ),
  })
  .refine(({ expiresAfterBlocks, expiresAt }) => expiresAfterBlocks === undefined || expiresAt === undefined, {
    path: ['expiresAt'],
    message: 'expiresAfterBlocks or expiresAt, not both',
  })
  .meta({ id: 'ProposalInput' });

export const ballotInputSchema = z.strictObject({ choice: z.enum(['yes', 'no']), reason }).meta({ id: 'BallotInput' });

/** No body at all is the same as `{}`. */
export const withdrawalInputSchema = z.preprocess(
  (body) => body ?? {},
  z.strictObject({ reason }).meta({ id: 'WithdrawalInput' }),
);

export const simulationInputSchema = z.strictObject({ action: proposalActionSchema }).meta({ id: 'SimulationInput' });

const tallySchema = z
  .object({
    yes: z.int(),
    no: z.int(),
    validators: z.int().describe('Ballots that there are: one per validator.'),
    needed: z.int().describe('Yes ballots with which it passes.'),
  })
  .meta({ id: 'Tally' });

const changeSchema = z
  .object({
    field: z.string().describe('status, roles, validators, quorum, tolerated, a parameter, threshold:<action> …'),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'ProposedChange' });

const aboutSchema = z.object({ did: z.string(), name: z.string().nullable() }).nullable();
const keySchema = z.object({ keyId: z.string(), organization: z.string(), purpose: z.string() }).nullable();

/** What it would do: a sentence, and all that is in it for other languages. */
const meaningShape = {
  kind: z.enum(PROPOSAL_ACTIONS),
  sentence: z.string().describe('What it does, in plain English; made of the members beside it.'),
  action: z.record(z.string(), z.unknown()).describe('As in the ledger’s state; bytes as hexadecimal text.'),
  about: aboutSchema.describe('The organisation that it is about; null for parameters.'),
  key: keySchema.describe('The key that a revocation is about.'),
  changes: z.array(changeSchema).describe('What is before, and what is after.'),
};

const proposalShape = {
  id: z.string().describe('Entry id of its opening.'),
  ...meaningShape,
  state: z.enum(['open', 'passed', 'rejected', 'withdrawn', 'expired', 'failed', 'effective']),
  reason: z.string().nullable(),
  opened: entryReferenceSchema,
  expiresAt: z.int().describe('Last height at which a ballot is taken.'),
  effectHeight: z
    .int()
    .nullable()
    .describe('First height decided under the change: as asked for, or from `passed` on as it will be or was.'),
  decidedHeight: z.int().nullable(),
  tally: tallySchema.describe('At the moment of the decision; until then as it stands.'),
  failure: z.string().nullable().describe('Code of what no longer held when it was to take effect.'),
  ballots: z
    .array(
      z.object({
        organization: z.string(),
        choice: z.enum(['yes', 'no']),
        keyId: z.string(),
        reason: z.string().nullable(),
        entry: entryReferenceSchema,
      }),
    )
    .describe('In the order in which they were cast.'),
};

export const proposalPageSchema = pageSchema(z.object(proposalShape).meta({ id: 'Proposal' }), 'ProposalPage');
export const proposalDetailSchema = z.object({ ...proposalShape, asOf: asOfSchema }).meta({ id: 'ProposalDetail' });

export const proposalReceiptSchema = z
  .object({
    ...receiptShape,
    id: z.string(),
    state: proposalShape.state.optional().describe('What it came to with this entry.'),
    tally: tallySchema.optional(),
    effectHeight: z.int().nullable().optional(),
  })
  .meta({ id: 'ProposalReceipt' });

export const proposalsQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  state: proposalShape.state.optional(),
  kind: z.enum(PROPOSAL_ACTIONS).optional(),
  about: z.string().max(255).optional().describe('DID of the organisation that it is about.'),
  openedBy: z.string().max(255).optional(),
});

const figuresSchema = z.object({
  validators: z.int(),
  quorum: z.int().describe('Validators that must seal a block.'),
  tolerated: z.int().describe('Validators that may fail.'),
});

export const simulationSchema = z
  .object({
    ...meaningShape,
    refusal: z
      .object({ code: z.string(), detail: z.string() })
      .nullable()
      .describe('Why the rules would refuse it now, with the arithmetic; null when they would not.'),
    tally: tallySchema.describe('What it would need; the proposer’s own yes is counted.'),
    before: figuresSchema,
    after: figuresSchema,
    validators: z
      .array(
        z.object({
          did: z.string(),
          name: z.string().nullable(),
          isBefore: z.boolean(),
          isAfter: z.boolean(),
          isSelf: z.boolean(),
          isConnected: z.boolean().describe('This node has a link to it now.'),
          missedTurns: z
            .boolean()
            .describe('It missed its last turns, as the chain knows it: it does not count as sealing.'),
          lastSealHeight: z.int().nullable(),
        }),
      )
      .describe('Of before and after.'),
    offline: z.array(z.string()).describe('Validators afterwards that are not connected or missed their turns.'),
    reachable: z.int().describe('Validators afterwards that are not among them.'),
    warning: z
      .string()
      .nullable()
      .describe('Set where the rules allow it, but too few validators could be reached from here to go on afterwards.'),
    asOf: asOfSchema,
  })
  .meta({ id: 'ProposalSimulation' });
