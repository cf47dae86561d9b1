import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { IdempotencyKeyStore } from '#index';
import { IDEMPOTENCY_KEYS } from '../parts.js';
import { ApiProblem } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';

const KEY_LENGTH_MAX = 255;

/** What a write answers, kept whole so that it can be answered again. `body` is JSON text. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Carries a request out at most once per `Idempotency-Key`. Answers and refusals are kept and answered again; a failure that a
 * retry may mend (5xx) frees the key. Requests without the header are simply carried out.
 */
@Injectable()
export class Idempotency {
  constructor(@Inject(IDEMPOTENCY_KEYS) private readonly keys: IdempotencyKeyStore) {}

  /** @throws ApiProblem API_IDEMPOTENCY_IN_FLIGHT (409) or API_IDEMPOTENCY_KEY_REUSED (422), or what `carryOut` throws */
  async once(request: FastifyRequest, carryOut: () => Promise<Answer>): Promise<Answer> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return carryOut();
    if (typeof key !== 'string' || key.length === 0 || key.length > KEY_LENGTH_MAX) {
      throw new ApiProblem('API_INVALID_REQUEST', `Idempotency-Key must have 1 to ${KEY_LENGTH_MAX} characters.`);
    }
    const claim = await whileDatabaseIsUp(() => this.keys.claim(key, hashOf(request)));
    switch (claim.state) {
      case 'done':
        return claim.status >= 400
          ? refuseAgain(claim.body)
          : { ...claim, headers: { ...claim.headers, 'idempotent-replayed': 'true' } };
      case 'in-progress':
        throw new ApiProblem(
          'API_IDEMPOTENCY_IN_FLIGHT',
          'A request with this Idempotency-Key is being carried out; ask again when it has been answered.',
          [],
          { 'retry-after': '1' },
        );
      case 'conflict':
        throw new ApiProblem(
          'API_IDEMPOTENCY_KEY_REUSED',
          'This Idempotency-Key was used for another request; use a new key for a new request.',
        );
      case 'new':
        return this.keep(key, carryOut);
    }
  }

  private async keep(key: string, carryOut: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await carryOut();
      await whileDatabaseIsUp(() => this.keys.complete(key, answer));
      return answer;
    } catch (thrown) {
      const isRefusal = thrown instanceof ApiProblem && thrown.status < 500;
      await whileDatabaseIsUp(() =>
        isRefusal
          ? this.keys.complete(key, {
              status: thrown.status,
              body: JSON.stringify({ code: thrown.code, detail: thrown.detail, errors: thrown.errors }),
            })
          : this.keys.release(key),
      );
      throw thrown;
    }
  }
}

/** A refusal is kept without its requestId: the problem document of the replay has that of the present request. */
function refuseAgain(body: string): never {
  const { code, detail, errors } = JSON.parse(body) as Pick<ApiProblem, 'code' | 'detail' | 'errors'>;
  throw new ApiProblem(code, detail, errors, { 'idempotent-replayed': 'true' });
}

function hashOf(request: FastifyRequest): string {
  const body = request.body instanceof Uint8Array ? request.body : JSON.stringify(request.body ?? null);
  return createHash('sha256').update(`${request.method} ${request.url}\n`).update(body).digest('hex');
}
