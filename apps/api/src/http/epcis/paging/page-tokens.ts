import { Inject, Injectable } from '@nestjs/common';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { PAGE_TOKEN_SECRET } from '../../parts.js';
import { ApiProblem } from '../../problem/problem.js';

const LIFE_MS = 60 * 60_000;
const SIGNATURE_BYTES = 16;

export interface PageToken {
  readonly token: string;
  readonly expires: Date;
}

/**
 * `nextPageToken`s: where the next page begins, for which question and until when, under a signature. Nothing is kept for them, so
 * that any process of the organisation can answer the next page; hence they cannot be taken back before they expire.
 */
@Injectable()
export class PageTokens {
  constructor(@Inject(PAGE_TOKEN_SECRET) private readonly secret: string) {}

  /** @param question - what the pages answer; the token is good for no other */
  issue(question: string, cursor: string): PageToken {
    const expires = new Date(Math.ceil((Date.now() + LIFE_MS) / 1_000) * 1_000);
    const payload = Buffer.from(JSON.stringify([expires.getTime(), digest(question), cursor]));
    return { token: Buffer.concat([this.sign(payload), payload]).toString('base64url'), expires };
  }

  /** @returns the cursor. @throws ApiProblem API_BAD_PAGE_TOKEN */
  open(question: string, token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const [signature, payload] = [bytes.subarray(0, SIGNATURE_BYTES), bytes.subarray(SIGNATURE_BYTES)];
    if (signature.length !== SIGNATURE_BYTES || !timingSafeEqual(signature, this.sign(payload)))
      throw refusal('This nextPageToken was not given out by this server; take it from the Link header as it is.');
    const [expires, of, cursor] = JSON.parse(payload.toString()) as [number, string, string];
    if (expires < Date.now()) throw refusal('This nextPageToken has expired; begin again with the first page.');
    if (of !== digest(question))
      throw refusal(
        'This nextPageToken belongs to another query; follow the Link header without changing its parameters.',
      );
    return cursor;
  }

  private sign(payload: Uint8Array): Buffer {
    return createHmac('sha256', `lading page token ${this.secret}`)
      .update(payload)
      .digest()
      .subarray(0, SIGNATURE_BYTES);
  }
}

function refusal(detail: string): ApiProblem {
  return new ApiProblem('API_BAD_PAGE_TOKEN', detail, [
    { parameter: 'nextPageToken', detail, code: 'API_BAD_PAGE_TOKEN' },
  ]);
}

function digest(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 16);
}
