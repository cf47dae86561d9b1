import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { signEntry, type EncodedEntry, type EntryId } from '#ledger';
import type { LadingNode } from '#node';
import type { EntryDraft } from '#trace';
import { LADING_NODE, LOGGER, SELF, type Self } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { awaitOutcome, FINALITY_WAIT_MS } from './await-outcome.js';
import { Idempotency, type Answer } from './idempotency.js';
import { prefersAsync } from './prefers-async.js';

/** Blocks within which an entry of this API must be included; beyond, the client may safely try again. */
const NOT_AFTER_BLOCKS = 1_000;

/** Where a final entry stands. */
export interface Receipt {
  readonly entryId: EntryId;
  readonly status: 'final';
  readonly height: number;
  readonly index: number;
}

export interface Act {
  readonly draft: () => EntryDraft;
  /** Purpose of the key that signs: `sign` when left out. */
  readonly signWith?: 'sign' | 'admin';
  /** The answer's body, once the entry is final; a string is JSON text as it is to be sent. */
  readonly answer: (receipt: Receipt) => object | string | Promise<object | string>;
  /** Where the thing that was made can be read, given its entry id. */
  readonly location?: (entryId: EntryId) => string;
}

/**
 * The way of every write but pre-signed entries: draft, sign with the organisation's key, submit, wait until final. What the
 * ledger refuses becomes a problem with the ledger's code.
 */
@Injectable()
export class ActWriter {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(SELF) private readonly self: Self,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async write(request: FastifyRequest, reply: FastifyReply, act: Act): Promise<void> {
    const answer = await this.idempotency.once(request, () => this.carryOut(request, act));
    await reply.code(answer.status).headers(answer.headers).type('application/json').send(answer.body);
  }

  /** Signs and hands to the node; also the way of captured events. @throws ApiProblem with the ledger's code */
  submit(draft: EntryDraft, signWith: Act['signWith'] = 'sign'): EntryId {
    const { did, networkId, signingKeys, adminKeys } = this.self;
    const keys = signWith === 'admin' ? adminKeys : signingKeys;
    if (keys === undefined) throw noAdminKey();
    const signer = keys.current();
    const { keyId } = signer;
    const notAfter = this.node.head().header.height + NOT_AFTER_BLOCKS;
    const { kind, subject, contentType, content } = draft;
    return submitEntry(
      this.node,
      signEntry({ keyId, issuer: did, subject, networkId, kind, notAfter, contentType }, content, signer),
    );
  }

  private async carryOut(request: FastifyRequest, act: Act): Promise<Answer> {
    const draft = act.draft();
    const entryId = this.submit(draft, act.signWith);
    const statusUrl = `/api/v1/entries/${entryId}`;
    const pending: Answer = {
      status: 202,
      headers: { location: statusUrl },
      body: JSON.stringify({ entryId, status: 'pending' }),
    };
    if (prefersAsync(request.headers.prefer))
      return { ...pending, headers: { ...pending.headers, 'preference-applied': 'respond-async' } };

    const outcome = await awaitOutcome(this.node, entryId, FINALITY_WAIT_MS);
    if (outcome.status === 'rejected') throw problemOfFailure(outcome);
    if (outcome.status !== 'final') return pending;
    const { height, index } = outcome.position;
    this.log.info({ requestId: request.id, entryId, kind: draft.kind, height }, 'entry final');
    const body = await act.answer({ entryId, status: 'final', height, index });
    return {
      status: 201,
      headers: { location: act.location?.(entryId) ?? statusUrl },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    };
  }
}

/** What is to be signed with an admin key can be signed elsewhere. */
export function noAdminKey(): ApiProblem {
  return new ApiProblem(
    'API_NO_ADMIN_KEY',
    'This node holds no admin key: name its keystore under keys.admin in the configuration, or sign with "lading" where the key is.',
  );
}

/** @throws ApiProblem when the node does not take the entry */
export function submitEntry(node: Pick<LadingNode, 'submit'>, entry: EncodedEntry): EntryId {
  const result = node.submit(entry);
  if (!result.ok) throw problemOfFailure(result);
  return result.value;
}

/** An id from a path. @throws ApiProblem API_NOT_FOUND: what is no entry id names nothing */
export function entryIdParam(text: string, what: string): EntryId {
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new ApiProblem(
      'API_NOT_FOUND',
      `There is no ${what} with this id; ids have 64 lower-case hexadecimal characters.`,
    );
  return text as EntryId;
}
