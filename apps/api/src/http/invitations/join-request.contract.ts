import { z } from 'zod';
import { fromHex } from '#codec';
import { isApiUrl, isNodeAddress, TICKET_CHARS_MAX } from '#identity';
import { receiptShape } from '../writes/receipt.contract.js';

const hex = (bytes: number) =>
  z
    .string()
    .refine((text) => fromHex(text, bytes) !== undefined, `${bytes * 2} lower-case hexadecimal characters`)
    .describe(`${bytes} bytes, hexadecimal.`);
const gln = z.string().regex(/^[0-9]{13}$/, '13 digits');
const key = z.strictObject({
  publicKey: hex(32),
  proof: hex(64).describe('By this key over the rotation message (docs/protocol/governance.md#keys).'),
});
const ticket = z.string().max(TICKET_CHARS_MAX).describe('lading-invite:…');

export const ticketSchema = z.strictObject({ ticket }).meta({ id: 'InvitationTicket' });

/** What an organisation says about itself when it asks to be admitted. */
const applicantSchema = z
  .strictObject({
    did: z.string().startsWith('did:').max(255),
    name: z.string().min(1).max(200),
    names: z.record(z.string(), z.string().min(1).max(200)).optional().describe('By language tag (BCP 47).'),
    gs1CompanyPrefixes: z
      .array(z.string().regex(/^[0-9]{4,12}$/, '4 to 12 digits'))
      .max(100)
      .default([]),
    gln: gln.optional(),
    furtherGlns: z.array(gln).max(100).optional(),
    contact: z.string().min(1).max(500).optional(),
    nodeAddress: z.string().refine(isNodeAddress, 'host:port').optional(),
    apiUrl: z.string().refine(isApiUrl, 'an https URL').optional(),
    keys: z.strictObject({ node: key, sign: key, admin: key, root: key }),
    rootCommitment: hex(32).describe('SHA-256 of the root public key that comes after the present one.'),
  })
  .meta({ id: 'Applicant' });
export type Applicant = z.infer<typeof applicantSchema>;

export const joinRequestInputSchema = z
  .strictObject({ ticket, organization: applicantSchema })
  .meta({ id: 'JoinRequestInput' });

const words = z.array(z.string()).describe('Six words of the keys: compare them with the other side by telephone.');
const state = z
  .enum(['filed', 'proposed', 'admitted', 'refused', 'rejected'])
  .describe(
    '`refused`: the vote went against it, or came to nothing; `rejected`: the inviter did not put it to the vote.',
  );

export const previewSchema = z
  .object({
    networkId: z.string(),
    inviter: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    expiresAt: z.string(),
    genesis: z.string().describe('The genesis file, base64; its SHA-256 is the network id.'),
  })
  .meta({ id: 'InvitationPreview' });

export const joinRequestStateSchema = z
  .object({ id: z.string(), state, words, proposalId: z.string().nullable() })
  .meta({ id: 'JoinRequestState' });

export const joinRequestsSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          state,
          words,
          proposalId: z.string().nullable(),
          invitation: z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) }),
          organization: applicantSchema,
          filedAt: z.string(),
        })
        .meta({ id: 'JoinRequest' }),
    ),
  })
  .meta({ id: 'JoinRequests' });

export const admissionInputSchema = z
  .strictObject({
    wordsCompared: z.boolean().describe('Whether the six words were compared; stands in the proposal.'),
    reason: z.string().min(1).max(2_000).optional(),
    expiresAfterBlocks: z.int().min(1).max(1_000_000).default(10_000),
  })
  .meta({ id: 'AdmissionInput' });

export const admissionReceiptSchema = z
  .object({ ...receiptShape, id: z.string().describe('Of the proposal.') })
  .meta({ id: 'AdmissionReceipt' });
