import { z } from 'zod';

const methodIds = z.array(z.string());

export const didDocumentSchema = z
  .object({
    '@context': z.array(z.unknown()),
    id: z.string().describe('The DID.'),
    alsoKnownAs: z.array(z.string()).optional().describe('GS1 Digital Link of the GLN.'),
    verificationMethod: z
      .array(
        z.object({
          id: z.string().describe('The DID, `#`, and the key id of the ledger.'),
          type: z.literal('Multikey'),
          controller: z.string(),
          publicKeyMultibase: z.string().describe('Ed25519, multibase base58btc.'),
          purpose: z.string(),
          validFromHeight: z.int(),
          validUntilHeight: z.int().optional().describe('First height at which the key is no longer valid.'),
          isRevoked: z.boolean().optional(),
          notTrustedFromHeight: z
            .int()
            .optional()
            .describe('Height from which on entries signed by this key are disputed; those before stand.'),
        }),
      )
      .describe('Every key that the organisation ever had.'),
    assertionMethod: methodIds.describe('Signing keys valid for the next block.'),
    authentication: methodIds.describe('Node keys valid for the next block.'),
    capabilityInvocation: methodIds.describe('Admin keys valid for the next block.'),
    ledger: z.object({ networkId: z.string(), asOfHeight: z.int(), status: z.string() }),
  })
  .meta({ id: 'DidDocument', description: 'DID Core 1.0, with the heights between which each key was valid.' });
