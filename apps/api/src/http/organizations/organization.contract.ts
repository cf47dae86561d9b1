import { z } from 'zod';
import { asOfSchema, pageQuerySchema, pageSchema } from '../reads/read.contract.js';

export const organizationKeySchema = z
  .object({
    keyId: z.string(),
    publicKey: z.string(),
    purpose: z.string(),
    validFrom: z.int(),
    validUntil: z.int().nullable().describe('First height at which the key is no longer valid.'),
    revoked: z.boolean(),
    notTrustedFrom: z
      .int()
      .nullable()
      .describe('Entries that it signed at this height or later are disputed; those before stand.'),
    used: z
      .object({ entries: z.int(), firstHeight: z.int().nullable(), lastHeight: z.int().nullable() })
      .describe('Entries that it has signed.'),
  })
  .meta({ id: 'OrganizationKey' });

const organizationShape = {
  did: z.string(),
  name: z.string(),
  names: z.record(z.string(), z.string()).describe('In further languages, by language tag (BCP 47).'),
  roles: z.array(z.string()),
  gs1CompanyPrefixes: z.array(z.string()),
  gln: z.string().nullable(),
  furtherGlns: z.array(z.string()),
  contact: z.string().nullable(),
  nodeAddress: z.string().nullable().describe('Where its node listens for the others: host:port.'),
  apiUrl: z.string().nullable(),
  status: z.string().describe('active | suspended | removed'),
  since: z.int(),
  entries: z.int().describe('Entries that it has signed.'),
  keys: z.array(organizationKeySchema).describe('Every key that it ever had, in the order of their registration.'),
};

export const organizationPageSchema = pageSchema(
  z.object(organizationShape).meta({ id: 'Organization' }),
  'OrganizationPage',
);

export const organizationDetailSchema = z
  .object({
    ...organizationShape,
    history: z
      .array(z.object({ height: z.int(), status: z.string(), roles: z.array(z.string()), name: z.string() }))
      .describe('How it stood from which block on, oldest first.'),
    asOf: asOfSchema,
  })
  .meta({ id: 'OrganizationDetail' });

export const organizationsQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  status: z.enum(['active', 'suspended', 'removed']).optional(),
  role: z.enum(['validator', 'member', 'auditor']).optional(),
  search: z.string().min(1).max(200).optional().describe('Part of a name, in any of its languages, or of the DID.'),
});

const gln = z.string().regex(/^[0-9]{13}$/, '13 digits');

/** As in the content of `organization.update` (docs/protocol/governance.md#organizationupdate). */
export const organizationUpdateSchema = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    names: z.record(z.string(), z.string().min(1).max(200)).nullable().optional().describe('By language tag (BCP 47).'),
    contact: z.string().min(1).max(500).nullable().optional(),
    gln: gln.nullable().optional(),
    furtherGlns: z.array(gln).max(100).nullable().optional(),
    nodeAddress: z.string().max(261).nullable().optional().describe('host:port'),
    apiUrl: z.string().max(512).nullable().optional(),
  })
  .meta({ id: 'OrganizationUpdate', description: 'null takes a member away; what is left out stays.' });
