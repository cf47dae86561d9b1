import { z } from 'zod';
import { fromHex } from '#codec';
import { PARAMETER_BOUNDS, PROPOSAL_ACTIONS, THRESHOLD_PERCENT_MAX, type Did, type KeyId } from '#identity';
import type { ProposalActionInput } from '#trace';
import { keyIdSchema } from '../keys/key.contract.js';

const did = z.string().startsWith('did:').max(255);
const hex = (bytes: number) =>
  z.string().refine((text) => fromHex(text, bytes) !== undefined, `${bytes * 2} lower-case hexadecimal characters`);
const roles = z.array(z.enum(['member', 'auditor'])).max(2);
const gln = z.string().regex(/^[0-9]{13}$/, '13 digits');
const key = z.strictObject({ publicKey: hex(32), proof: hex(64) });

/** Some of these names, whole numbers; whether they are in range is the ledger's to judge. */
const numbers = (names: readonly string[], max: number) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, z.int().min(0).max(max).optional()])));

const admissionShape = {
  did,
  name: z.string().min(1).max(200),
  names: z.record(z.string(), z.string().min(1).max(200)).optional().describe('By language tag (BCP 47).'),
  gs1CompanyPrefixes: z.array(z.string().regex(/^[0-9]{4,12}$/, '4 to 12 digits')).max(100),
  gln: gln.optional(),
  furtherGlns: z.array(gln).max(100).optional(),
  contact: z.string().min(1).max(500).optional(),
  roles,
  nodeAddress: z.string().max(261).optional().describe('host:port'),
  apiUrl: z.string().max(512).optional(),
  keys: z.strictObject({ node: key, sign: key, admin: key, root: key }),
  rootCommitment: hex(32).describe('SHA-256 of the root public key that comes after the present one.'),
  invitationId: hex(32).optional(),
  wordsCompared: z.boolean().optional(),
};

/** As in the content of `proposal.open` (docs/protocol/governance.md#contents). */
export const proposalActionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('organization.admit'), ...admissionShape }),
    z.strictObject({ kind: z.literal('organization.roles'), did, roles }),
    z.strictObject({ kind: z.literal('organization.suspend'), did }),
    z.strictObject({ kind: z.literal('organization.readmit'), did }),
    z.strictObject({ kind: z.literal('organization.remove'), did }),
    z.strictObject({ kind: z.literal('key.revoke'), keyId: keyIdSchema, notTrustedFrom: z.int().min(0) }),
    z.strictObject({ kind: z.literal('validators.change'), change: z.enum(['add', 'remove']), did }),
    z.strictObject({
      kind: z.literal('parameters.change'),
      parameters: numbers(Object.keys(PARAMETER_BOUNDS), Number.MAX_SAFE_INTEGER).optional(),
      thresholds: numbers(PROPOSAL_ACTIONS, THRESHOLD_PERCENT_MAX)
        .optional()
        .describe('Per action: the share of the validators that must say yes, in percent.'),
    }),
  ])
  .meta({ id: 'ProposalAction' });

type ActionInput = z.infer<typeof proposalActionSchema>;

/** The JSON of a request as drafts take it. */
export function proposalActionOf(input: ActionInput): ProposalActionInput {
  switch (input.kind) {
    case 'organization.admit': {
      const { kind, did: admitted, keys, rootCommitment, ...profile } = input;
      const organization = {
        ...withoutUndefined(profile),
        did: admitted as Did,
        rootCommitment: bytesOf(rootCommitment),
        keys: { node: keyOf(keys.node), sign: keyOf(keys.sign), admin: keyOf(keys.admin), root: keyOf(keys.root) },
      };
      return { kind, organization };
    }
    case 'key.revoke':
      return { ...input, keyId: input.keyId as KeyId };
    case 'parameters.change':
      return {
        kind: input.kind,
        parameters: withoutUndefined(input.parameters ?? {}),
        thresholds: withoutUndefined(input.thresholds ?? {}),
      };
    default:
      return { ...input, did: input.did as Did };
  }
}

function keyOf({ publicKey, proof }: z.infer<typeof key>) {
  return { publicKey: bytesOf(publicKey), proof: bytesOf(proof) };
}

/** The schema has found it to be hexadecimal. */
function bytesOf(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array();
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function withoutUndefined<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
