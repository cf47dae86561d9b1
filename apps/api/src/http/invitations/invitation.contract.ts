import { z } from 'zod';

export const EXPIRES_AFTER_HOURS_DEFAULT = 168;
const EXPIRES_AFTER_HOURS_MAX = 8_760;

const roles = z.array(z.enum(['validator', 'member', 'auditor']));

export const invitationInputSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(200)
      .refine((name) => name.trim() !== '' && !/\p{Cc}/u.test(name), 'not blank, no control characters')
      .describe('The invited organisation, as this one calls it.'),
    roles: roles
      .min(1)
      .max(3)
      .refine((given) => new Set(given).size === given.length, 'the same role twice')
      .default(['member'])
      .describe('What it is invited to be; `validator` takes a vote of its own after the admission.'),
    expiresAfterHours: z.int().min(1).max(EXPIRES_AFTER_HOURS_MAX).default(EXPIRES_AFTER_HOURS_DEFAULT),
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .max(1_024)
      .optional()
      .describe('Where the invited reaches this API; without it, the address that the ledger or this request names.'),
  })
  .meta({ id: 'InvitationInput' });

const invitationShape = {
  id: z.string().describe('64 hexadecimal characters; stands on the ledger when the invited is proposed.'),
  name: z.string(),
  roles,
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  createdAt: z.string(),
  expiresAt: z.string(),
  joinRequestId: z.string().nullable(),
};
export const invitationsSchema = z
  .object({ items: z.array(z.object(invitationShape).meta({ id: 'Invitation' })) })
  .meta({ id: 'Invitations' });
export const newInvitationSchema = z
  .object({
    ...invitationShape,
    ticket: z.string().describe('To be handed to the invited, for one use; shown this once.'),
    apiUrl: z.string(),
  })
  .meta({ id: 'NewInvitation' });
