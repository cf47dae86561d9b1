import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fromHex } from '#codec';
import { admitPublicKey } from '#identity';
import type { AccessRecords, NewServiceKey, ServiceAccountDto, ServiceKeyDto } from '#index';
import { contextOf, requireOwn } from '../auth/caller.js';
import type { Scope } from '../auth/scopes.js';
import { formatApiKey, newApiKeyId, newId, newToken, sha256Hex } from '../auth/tokens.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import {
  keyRotationSchema,
  listQuerySchema,
  newServiceKeySchema,
  serviceAccountChangeSchema,
  serviceAccountInputSchema,
  serviceAccountPageSchema,
  serviceAccountSchema,
  serviceKeyInputSchema,
} from './access.contract.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Systems that may use the API. */
@Controller('api/v1/service-accounts')
export class ServiceAccountsController {
  constructor(@Inject(ACCESS_RECORDS) private readonly records: AccessRecords) {}

  @Get()
  @Operation({
    id: 'listServiceAccounts',
    tag: 'Access',
    summary: 'Service accounts with their keys, without what proves these.',
    access: 'admin',
    answer: serviceAccountPageSchema,
    problems: [400, 503],
  })
  list(@Query({ schema: listQuerySchema }) query: z.infer<typeof listQuerySchema>) {
    return whileDatabaseIsUp(() => this.records.services.list(present(query)));
  }

  @Post()
  @Operation({
    id: 'createServiceAccount',
    tag: 'Access',
    summary: 'A new service account, still without keys.',
    access: 'admin',
    freshPasskey: true,
    status: 201,
    answer: serviceAccountSchema,
    problems: [400, 503],
  })
  create(
    @Body({ schema: serviceAccountInputSchema }) { name, scopes }: z.infer<typeof serviceAccountInputSchema>,
    @Req() request: FastifyRequest,
  ) {
    requireOwn(request, scopes);
    return whileDatabaseIsUp(() => this.records.services.create(contextOf(request), { id: newId(), name, scopes }));
  }

  @Get(':id')
  @Operation({
    id: 'getServiceAccount',
    tag: 'Access',
    summary: 'One service account.',
    access: 'admin',
    answer: serviceAccountSchema,
    problems: [404, 503],
  })
  async account(@Param('id') id: string): Promise<ServiceAccountDto> {
    const account = await whileDatabaseIsUp(() => this.records.services.get(id));
    if (account === undefined) throw unknownAccount();
    return account;
  }

  @Patch(':id')
  @Operation({
    id: 'changeServiceAccount',
    tag: 'Access',
    summary: 'Changes name or scopes, disables or enables the account with all its keys.',
    access: 'admin',
    freshPasskey: true,
    answer: serviceAccountSchema,
    problems: [400, 404, 503],
  })
  async change(
    @Param('id') id: string,
    @Body({ schema: serviceAccountChangeSchema }) change: z.infer<typeof serviceAccountChangeSchema>,
    @Req() request: FastifyRequest,
  ) {
    await this.ownedBy(request, id);
    requireOwn(request, change.scopes ?? []);
    const isChanged = await whileDatabaseIsUp(() =>
      this.records.services.change(contextOf(request), id, present(change)),
    );
    if (!isChanged) throw unknownAccount();
    return this.account(id);
  }

  @Post(':id/keys')
  @Operation({
    id: 'createServiceKey',
    tag: 'Access',
    summary: 'A further key: an API key, shown this once, or an Ed25519 key that signs requests.',
    access: 'admin',
    freshPasskey: true,
    status: 201,
    answer: newServiceKeySchema,
    problems: [400, 404, 409, 503],
  })
  async addKey(
    @Param('id') id: string,
    @Body({ schema: serviceKeyInputSchema }) input: z.infer<typeof serviceKeyInputSchema>,
    @Req() request: FastifyRequest,
  ) {
    await this.ownedBy(request, id);
    const { key, secret } = newKey(input.kind === 'ed25519' ? input.publicKey : undefined, input.expiresInDays);
    const added = await whileDatabaseIsUp(() => this.records.services.addKey(contextOf(request), id, key));
    return answerOf(added, secret);
  }

  @Post(':id/keys/:keyId/rotate')
  @Operation({
    id: 'rotateServiceKey',
    tag: 'Access',
    summary: 'A new key in place of an old one, which ends after the overlap.',
    access: 'admin',
    freshPasskey: true,
    status: 201,
    answer: newServiceKeySchema,
    problems: [400, 404, 409, 503],
  })
  async rotate(
    @Param('id') id: string,
    @Param('keyId') keyId: string,
    @Body({ schema: keyRotationSchema }) input: z.infer<typeof keyRotationSchema>,
    @Req() request: FastifyRequest,
  ) {
    await this.ownedBy(request, id);
    const { key, secret } = newKey(input.publicKey, input.expiresInDays);
    const rotated = await whileDatabaseIsUp(() =>
      this.records.services.rotateKey(contextOf(request), id, keyId, {
        key,
        overlapMs: input.overlapHours * HOUR_MS,
      }),
    );
    return answerOf(rotated, secret);
  }

  @Delete(':id/keys/:keyId')
  @Operation({
    id: 'revokeServiceKey',
    tag: 'Access',
    summary: 'Ends a key at once.',
    access: 'admin',
    freshPasskey: true,
    status: 204,
    problems: [404, 503],
  })
  async revoke(@Param('id') id: string, @Param('keyId') keyId: string, @Req() request: FastifyRequest): Promise<void> {
    await this.ownedBy(request, id);
    if (!(await whileDatabaseIsUp(() => this.records.services.revokeKey(contextOf(request), id, keyId))))
      throw unknownKey();
  }

  /** An account that may do more than the caller is not the caller's to change. */
  private async ownedBy(request: FastifyRequest, id: string): Promise<void> {
    const { scopes } = await this.account(id);
    requireOwn(request, scopes as readonly Scope[]);
  }
}

/** @throws ApiProblem with the IDENTITY_ code for a public key that is none */
function newKey(
  publicKey: string | undefined,
  expiresInDays: number,
): { readonly key: NewServiceKey; readonly secret: string | undefined } {
  const id = newApiKeyId();
  const lifetimeMs = expiresInDays * DAY_MS;
  if (publicKey === undefined) {
    const secret = newToken();
    return {
      key: { id, kind: 'secret', material: sha256Hex(secret), lifetimeMs },
      secret: formatApiKey(id, secret),
    };
  }
  const admitted = admitPublicKey(fromHex(publicKey) ?? new Uint8Array());
  if (!admitted.ok) throw problemOfFailure({ ...admitted, pointer: '/publicKey' });
  return { key: { id, kind: 'ed25519', material: publicKey, lifetimeMs }, secret: undefined };
}

function answerOf(added: ServiceKeyDto | 'unknown' | 'too-many' | 'exists', secret: string | undefined) {
  if (added === 'unknown') throw unknownKey();
  if (added === 'too-many')
    throw new ApiProblem('ACCESS_TOO_MANY_KEYS', 'This account has 20 keys that are good: revoke one first.');
  // Random ids meet once in 2^48.
  if (added === 'exists') throw new ApiProblem('API_INTERNAL', 'The key could not be made; try again.');
  const { id, kind, expiresAt } = added;
  return { id, kind, expiresAt, ...(secret !== undefined && { secret }) };
}

function unknownAccount(): ApiProblem {
  return new ApiProblem('API_NOT_FOUND', 'There is no such service account.');
}

function unknownKey(): ApiProblem {
  return new ApiProblem('API_NOT_FOUND', 'This account has no such key that is good.');
}
