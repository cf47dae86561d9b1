import { z } from 'zod';

export const networkSchema = z
  .object({
    id: z.string().describe('SHA-256 of the genesis file.'),
    self: z.string().describe('DID of the organisation whose node answers.'),
    height: z.int(),
    headHash: z.string(),
    headTime: z.string(),
    logSize: z.int(),
    logRoot: z.string(),
    stateRoot: z.string(),
    validators: z.array(
      z.object({
        did: z.string(),
        isSelf: z.boolean(),
        connected: z.boolean(),
        lastSealHeight: z.int().nullable(),
        reportedHeight: z.int().nullable(),
      }),
    ),
    quorum: z.int().describe('Validators that must seal a block.'),
    pool: z.object({ entries: z.int(), bytes: z.int() }),
    indexHeight: z.int().describe('Height that reads are answered at; −1 before anything is indexed.'),
    indexState: z.enum(['following', 'catching-up', 'database-down']),
  })
  .meta({ id: 'Network' });

export const peersSchema = z
  .object({
    clockOffsetMs: z
      .int()
      .nullable()
      .describe('This node’s clock minus the median of its peers’; null before the first comparison.'),
    clockDriftMaxMs: z.int().describe('How far the time of a new block may differ from a validator’s clock.'),
    items: z.array(
      z.object({
        did: z.string(),
        isValidator: z.boolean(),
        connected: z.boolean(),
        lastSealHeight: z.int().nullable(),
        reportedHeight: z.int().nullable().describe('Height of the head that it last told.'),
        clockOffsetMs: z.int().nullable().describe('Its clock minus this node’s, give or take half a round trip.'),
        roundTripMs: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'Peers' });
