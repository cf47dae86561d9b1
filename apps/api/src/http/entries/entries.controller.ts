import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toBase64, toHex, utf8Decode, type RecordReader } from '#codec';
import { isDisputed, ORGANIZATION_KEY } from '#identity';
import type { AccessRecords } from '#index';
import { CONTENT_BYTES_MAX, decodeEntryPair, decodeStatement, STATEMENT_BYTES_MAX, type EntryId } from '#ledger';
import type { LadingNode } from '#node';
import type { z } from 'zod';
import { contextOf } from '../auth/caller.js';
import { Operation } from '../openapi/operation.js';
import { ACCESS_RECORDS, LADING_NODE, LEDGER_STATE } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { whileDatabaseIsUp } from '../reads/index-reader.js';
import { entryIdParam, submitEntry } from '../writes/act-writer.js';
import { awaitOutcome, FINALITY_WAIT_MS } from '../writes/await-outcome.js';
import { prefersAsync } from '../writes/prefers-async.js';
import { receiptSchema } from '../writes/receipt.contract.js';
import { entrySchema } from './entry.contract.js';

/** CBOR heads of the pair and of its two byte strings. */
const PAIR_OVERHEAD_BYTES = 11;
/** Kinds that ballots and key operations have. */
const GOVERNANCE = /^(organization|key|proposal)\./;

@Controller('api/v1/entries')
export class EntriesController {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(ACCESS_RECORDS) private readonly records: AccessRecords,
  ) {}

  /**
   * The hot path: bytes in, one decode in the node, one line of JSON out. The entry id is its own idempotency key: sending an
   * entry again answers where it stands.
   */
  @Post()
  @ApiConsumes('application/cbor')
  @ApiBody({
    schema: {
      type: 'string',
      contentMediaType: 'application/cbor',
      description: 'CBOR [statement, content], two byte strings.',
    } as never,
  })
  @Operation({
    id: 'submitEntry',
    tag: 'Chain',
    summary: 'Submits an entry that the client signed itself.',
    description: '`Prefer: respond-async` answers 202 at once. The same entry again is answered as the first time.',
    access: 'capture',
    status: 201,
    answer: receiptSchema,
    problems: [400, 413, 415, 422, 503],
    body: 'bytes',
    bodyLimitBytes: STATEMENT_BYTES_MAX + CONTENT_BYTES_MAX + PAIR_OVERHEAD_BYTES,
  })
  async submit(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/cbor')
      throw new ApiProblem('API_UNSUPPORTED_MEDIA_TYPE', 'Send the entry as application/cbor.');
    const pair = decodeEntryPair(request.body as Buffer);
    if (!pair.ok) throw problemOfFailure(pair);
    await this.recordGovernance(request, pair.value.statement);
    const id = submitEntry(this.node, pair.value);
    const outcome = prefersAsync(request.headers.prefer)
      ? this.node.status(id)
      : await awaitOutcome(this.node, id, FINALITY_WAIT_MS);
    if (outcome.status === 'rejected') throw problemOfFailure(outcome);
    reply.header('location', `/api/v1/entries/${id}`).type('application/json');
    if (outcome.status === 'final') {
      const { height, index } = outcome.position;
      reply.code(201).send(`{"entryId":"${id}","status":"final","height":${height},"index":${index}}`);
    } else {
      reply.code(202).send(`{"entryId":"${id}","status":"pending"}`);
    }
  }

  /** Who holds the key may use it; that it was used through this node is on record like every other act of governance. */
  private async recordGovernance(request: FastifyRequest, statement: Uint8Array): Promise<void> {
    const decoded = decodeStatement(statement);
    if (!decoded.ok || !GOVERNANCE.test(decoded.value.kind)) return;
    const { entryId: target, kind, issuer } = decoded.value;
    await whileDatabaseIsUp(() =>
      this.records.audit.append(contextOf(request), { action: 'entry.submitted', target, details: { kind, issuer } }),
    );
  }

  /** From the node itself: it knows an entry before the index does, and what became of one that was never recorded. */
  @Get(':id')
  @Operation({
    id: 'getEntry',
    tag: 'Chain',
    summary: 'What became of an entry, and the entry itself.',
    access: 'read',
    answer: entrySchema,
    problems: [404],
  })
  entry(@Param('id') text: string): z.infer<typeof entrySchema> {
    const id = entryIdParam(text, 'entry');
    const status = this.node.status(id);
    switch (status.status) {
      case 'unknown':
        throw new ApiProblem('API_NOT_FOUND', 'This node has never seen an entry with this id.');
      case 'pending':
        return { entryId: id, status: 'pending' };
      case 'rejected':
        return { entryId: id, status: 'rejected', code: status.code, detail: status.detail };
      case 'final':
        return this.finalEntry(id);
    }
  }

  private finalEntry(id: EntryId): z.infer<typeof entrySchema> {
    const found = this.node.entry(id);
    if (found === undefined) throw new ApiProblem('API_NOT_FOUND', 'This node has never seen an entry with this id.');
    const { entry, position } = found;
    const { statement, content } = entry;
    const block = this.node.committed(position.height)?.block;
    const key = this.state.get(ORGANIZATION_KEY, statement.keyId);
    return {
      entryId: id,
      status: 'final',
      ...position,
      ...(block && { blockTime: new Date(block.header.time).toISOString() }),
      author: statement.issuer,
      keyId: statement.keyId,
      disputed: key !== undefined && isDisputed(key, position.height),
      kind: statement.kind,
      subject: statement.subject,
      notAfter: statement.notAfter,
      contentType: statement.contentType,
      contentHash: toHex(statement.contentHash),
      statement: toBase64(statement.bytes),
      content: utf8Decode(content) ?? toBase64(content),
    };
  }
}
