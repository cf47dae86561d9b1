import { z } from 'zod';

const base64 = z.string().describe('Base64.');
const hash = z.string().describe('64 hexadecimal characters.');

/** A header that a quorum sealed: what every proof is against. */
const sealedHeaderSchema = z
  .object({
    header: base64.describe('The encoded header (docs/protocol/blocks.md), base64.'),
    certificate: base64.describe('The encoded certificate: the seals of a quorum over this header, base64.'),
    validators: z
      .array(z.object({ did: z.string(), publicKey: hash }))
      .describe('Who could seal at this height; their hash stands in the header.'),
  })
  .meta({ id: 'SealedHeader' });

const recordProofSchema = z
  .object({
    value: base64.nullable().describe('The record as the state holds it, base64; null: proved to be absent.'),
    siblings: z.array(hash).describe('From the root downwards.'),
    otherLeaf: z.object({ keyHash: hash, valueHash: hash }).nullable(),
  })
  .meta({ id: 'RecordProof' });

export const entryProofSchema = z
  .object({
    format: z.literal('lading-entry-proof-1'),
    networkId: hash,
    entryId: hash,
    height: z.int(),
    index: z.int(),
    statement: base64.describe('The signed COSE_Sign1, base64.'),
    content: base64.describe('The content’s bytes, base64.'),
    inclusion: z.object({
      logIndex: z.int(),
      logSize: z.int(),
      hashes: z.array(hash).describe('From the leaf upwards.'),
    }),
    key: recordProofSchema.describe('State record `key/<key id>` of the key that signed.'),
    sealed: sealedHeaderSchema,
  })
  .meta({ id: 'EntryProof' });

export const itemProofSchema = z
  .object({
    format: z.literal('lading-item-proof-1'),
    networkId: hash,
    item: z.string().describe('Canonical identifier.'),
    record: recordProofSchema.describe(
      'State record `item/<canonical identifier>`: with count and digest of its history.',
    ),
    sealed: sealedHeaderSchema,
  })
  .meta({ id: 'ItemProof' });
