import { z } from 'zod';
import { ROLES, SCOPES } from '../auth/scopes.js';

const time = z.iso.datetime();
const id = z.string();
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'no control characters');
export const roleSchema = z.enum(ROLES);
export const scopesSchema = z
  .array(z.enum(SCOPES))
  .min(1)
  .max(SCOPES.length)
  .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope)));
const statusSchema = z.enum(['active', 'disabled']);
const base64url = z.string().regex(/^[\w-]*={0,2}$/);

/** What a browser's `PublicKeyCredential.toJSON()` gives; the library reads it as strictly as WebAuthn has it. */
const credentialShape = {
  id: base64url.max(1_400),
  rawId: base64url.max(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).optional(),
  clientExtensionResults: z.looseObject({}),
};
export const registrationResponseSchema = z
  .looseObject({
    ...credentialShape,
    response: z.looseObject({
      clientDataJSON: base64url.max(4_000),
      attestationObject: base64url.max(40_000),
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  })
  .meta({ id: 'PasskeyRegistration' });
export const assertionResponseSchema = z
  .looseObject({
    ...credentialShape,
    response: z.looseObject({
      clientDataJSON: base64url.max(4_000),
      authenticatorData: base64url.max(4_000),
      signature: base64url.max(4_000),
      userHandle: base64url.max(100).optional(),
    }),
  })
  .meta({ id: 'PasskeyAssertion' });
export const optionsSchema = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyOptions' });

export const emptySchema = z.strictObject({}).optional();
export const signInSchema = z.strictObject({ response: assertionResponseSchema }).meta({ id: 'SignInInput' });
export const sessionSchema = z
  .object({
    caller: z.object({
      kind: z.enum(['person', 'service', 'bootstrap']),
      id: id.optional(),
      name: z.string().optional(),
      role: roleSchema.optional(),
    }),
    scopes: z.array(z.enum(SCOPES)),
    csrfToken: z.string().optional(),
    idleExpiresAt: time.optional(),
    expiresAt: time.optional(),
  })
  .meta({ id: 'Session' });
export const sessionListSchema = z
  .object({
    items: z.array(
      z.object({
        id,
        personId: id,
        personName: z.string(),
        isCurrent: z.boolean(),
        createdAt: time,
        lastSeenAt: time,
        expiresAt: time,
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SessionList' });
export const sessionListQuerySchema = z.strictObject({ all: z.enum(['true', 'false']).optional() });
export const challengeInputSchema = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().startsWith('/').max(4_096).describe('With the query, as it will be sent.'),
    bodySha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Of the bytes of the body; of no bytes where there is none.'),
  })
  .meta({ id: 'ChallengeInput' });

const passkeySchema = z.object({
  id,
  name: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  isBackedUp: z.boolean(),
  isDeviceBound: z.boolean(),
});
export const passkeyListSchema = z.object({ items: z.array(passkeySchema) }).meta({ id: 'PasskeyList' });
export const newPasskeySchema = z
  .strictObject({ name: nameSchema, response: registrationResponseSchema })
  .meta({ id: 'PasskeyInput' });
export const passkeyAddedSchema = z.object({ id }).meta({ id: 'PasskeyAdded' });

const token = z.string().regex(/^[\w-]{43}$/);
export const enrolmentOptionsInputSchema = z
  .strictObject({ token, name: nameSchema.optional() })
  .meta({ id: 'EnrolmentOptionsInput' });
export const enrolmentOptionsSchema = z
  .object({
    kind: z.enum(['first-admin', 'invitation', 'recovery']),
    role: roleSchema,
    name: z.string().nullable(),
    options: optionsSchema,
  })
  .meta({ id: 'EnrolmentOptions' });
export const enrolmentInputSchema = z
  .strictObject({
    token,
    name: nameSchema.optional(),
    passkeyName: nameSchema.optional(),
    response: registrationResponseSchema,
  })
  .meta({ id: 'EnrolmentInput' });

export const personSchema = z
  .object({
    id,
    name: z.string(),
    role: roleSchema,
    status: statusSchema,
    createdAt: time,
    lastSeenAt: time.nullable(),
    passkeys: z.int(),
  })
  .meta({ id: 'Person' });
export const personPageSchema = z
  .object({ items: z.array(personSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'PersonPage' });
export const personChangeSchema = z
  .strictObject({ name: nameSchema.optional(), role: roleSchema.optional(), status: statusSchema.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'nothing to change')
  .meta({ id: 'PersonChange' });
export const invitationInputSchema = z
  .strictObject({ name: nameSchema, role: roleSchema })
  .meta({ id: 'PersonInvitationInput' });
export const linkSchema = z
  .object({ id, url: z.string().describe('Works once; shown only now.'), expiresAt: time })
  .meta({ id: 'EnrolmentLink' });
export const linkListSchema = z
  .object({
    items: z.array(
      z.object({
        id,
        kind: z.enum(['first-admin', 'invitation', 'recovery']),
        personId: id,
        name: z.string().nullable(),
        role: roleSchema,
        createdAt: time,
        expiresAt: time,
      }),
    ),
  })
  .meta({ id: 'EnrolmentLinkList' });

const keyKind = z.enum(['secret', 'ed25519']);
const serviceKeySchema = z.object({
  id,
  kind: keyKind,
  createdAt: time,
  expiresAt: time,
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});
export const serviceAccountSchema = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    status: statusSchema,
    createdAt: time,
    keys: z.array(serviceKeySchema),
  })
  .meta({ id: 'ServiceAccount' });
export const serviceAccountPageSchema = z
  .object({ items: z.array(serviceAccountSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'ServiceAccountPage' });
export const serviceAccountInputSchema = z
  .strictObject({ name: nameSchema, scopes: scopesSchema })
  .meta({ id: 'ServiceAccountInput' });
export const serviceAccountChangeSchema = z
  .strictObject({ name: nameSchema.optional(), scopes: scopesSchema.optional(), status: statusSchema.optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'nothing to change')
  .meta({ id: 'ServiceAccountChange' });
const expiresInDays = z.int().min(1).max(730).default(90);
const publicKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('Ed25519 public key, hexadecimal.');
export const serviceKeyInputSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('secret'), expiresInDays }),
    z.strictObject({ kind: z.literal('ed25519'), publicKey, expiresInDays }),
  ])
  .meta({ id: 'ServiceKeyInput' });
export const keyRotationSchema = z
  .strictObject({
    overlapHours: z
      .number()
      .min(0)
      .max(24 * 30)
      .default(24),
    publicKey: publicKey.optional(),
    expiresInDays,
  })
  .meta({ id: 'ServiceKeyRotationInput' });
export const newServiceKeySchema = z
  .object({
    id,
    kind: keyKind,
    secret: z.string().optional().describe('The API key; shown only now.'),
    expiresAt: time,
  })
  .meta({ id: 'NewServiceKey' });

export const auditEventSchema = z
  .object({
    seq: z.int(),
    time,
    actor: z.object({
      kind: z.enum(['person', 'service', 'bootstrap', 'node', 'operator', 'unknown']),
      id: id.nullable(),
      name: z.string().nullable(),
    }),
    action: z.string(),
    target: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
    address: z.string().nullable(),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEvent' });
export const auditPageSchema = z
  .object({ items: z.array(auditEventSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
const listQueryShape = {
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(500).optional(),
};
export const listQuerySchema = z.strictObject(listQueryShape);
export const auditQuerySchema = z.strictObject({
  ...listQueryShape,
  action: z.string().max(100).optional(),
  actor: z.string().max(100).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const auditExportQuerySchema = z.strictObject({ after: seq.optional() });
export const auditVerifyQuerySchema = z
  .strictObject({
    seq: seq.min(1).optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine(({ seq: noted, hash }) => (noted === undefined) === (hash === undefined), 'seq and hash belong together');
export const auditVerificationSchema = z
  .object({
    isIntact: z.boolean(),
    count: z.int(),
    headSeq: z.int(),
    headHash: z.string(),
    brokenAt: z.int().nullable(),
  })
  .meta({ id: 'AuditVerification' });
export const routeListSchema = z
  .object({
    items: z.array(z.object({ method: z.string(), path: z.string(), access: z.string(), freshPasskey: z.boolean() })),
  })
  .meta({ id: 'RouteList' });
