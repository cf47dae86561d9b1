import { z } from 'zod';
import { asOfSchema, findingSchema } from '../reads/read.contract.js';

const amount = z.string().describe('Decimal text, exact.');

const sides = {
  created: amount,
  consumed: amount.describe('Inputs of transformations.'),
  waste: amount.describe('Destroyed or decommissioned.'),
  shipped: amount.describe('Shipped, sold, or handed over with the whole lot by a transfer of custody.'),
  received: amount,
  onHand: amount.describe('created + received − consumed − waste − shipped'),
  excess: amount.describe(
    'Used beyond what was created, according to claims that have a finding; in none of the other sums.',
  ),
};

export const lotBalanceSchema = z
  .object({
    lot: z.string(),
    units: z.array(
      z
        .object({
          unit: z
            .string()
            .describe('UN/ECE code: units that are powers of ten of each other are summed in one; H87 = pieces.'),
          ...sides,
          away: amount.describe('shipped − received: on its way, sold, or with somebody who says nothing here.'),
          unitMismatch: z.boolean().describe('Created only in units that this one cannot be compared with.'),
          organizations: z.array(
            z.object({ organization: z.string(), ...sides }).meta({ id: 'LotOrganizationBalance' }),
          ),
        })
        .meta({ id: 'LotUnitBalance' }),
    ),
    items: z
      .array(z.object({ organization: z.string().nullable(), status: z.string(), count: z.int() }))
      .describe('Serial-numbered items of the lot, by who holds them.'),
    uncounted: z.int().describe('Quantities in events that cannot be counted.'),
    openRecalls: z.array(z.string()),
    findings: z.array(findingSchema),
    asOf: asOfSchema,
  })
  .meta({ id: 'LotBalance' });
