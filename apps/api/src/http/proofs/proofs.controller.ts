import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toBase64, toHex, type RecordType } from '#codec';
import { ORGANIZATION_KEY } from '#identity';
import { encodeCertificate, encodeHeader, proveEntry, proveRecord } from '#ledger';
import type { LadingNode } from '#node';
import { canonicalId, ITEM } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { CHAIN_STATE, GENESIS_FILE, LADING_NODE, SELF, type ProvableState, type Self } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { entryIdParam } from '../writes/act-writer.js';
import { entryProofSchema, itemProofSchema } from './proof.contract.js';

/**
 * What a client needs to believe nobody, this node included (docs/protocol/proofs.md). Everything comes from the node's own store at one
 * moment: nothing here waits, so head, state and log belong together.
 */
@Controller('api/v1')
export class ProofsController {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(CHAIN_STATE) private readonly chain: ProvableState,
    @Inject(SELF) private readonly self: Self,
    @Inject(GENESIS_FILE) private readonly genesisFile: Uint8Array,
  ) {}

  @Get('genesis')
  @Operation({
    id: 'getGenesis',
    tag: 'Chain',
    summary: 'The genesis file, byte for byte: its SHA-256 is the network id, and it names the first validators.',
    access: 'read',
  })
  async genesis(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('application/json').send(Buffer.from(this.genesisFile));
  }

  @Get('entries/:id/proof')
  @Operation({
    id: 'proveEntry',
    tag: 'Chain',
    summary:
      'That an entry is on the chain, and that its signer’s key was valid: everything to check it without this node.',
    access: 'read',
    answer: entryProofSchema,
    problems: [404, 503],
  })
  entry(@Param('id') text: string): z.infer<typeof entryProofSchema> {
    const id = entryIdParam(text, 'entry');
    const found = this.node.entry(id);
    const block = found && this.node.committed(found.position.height)?.block;
    if (found === undefined || block === undefined)
      throw new ApiProblem('API_NOT_FOUND', 'There is no final entry with this id.');
    const { entry, position } = found;
    const logIndex = block.header.logSize - block.entries.length + position.index;
    const { header } = this.node.head();
    const inclusion = proveEntry(logIndex, header, (level, index) => this.chain.logNode(level, index));
    return {
      format: 'lading-entry-proof-1',
      networkId: this.self.networkId,
      entryId: id,
      height: position.height,
      index: position.index,
      statement: toBase64(entry.statement.bytes),
      content: toBase64(entry.content),
      inclusion: { ...inclusion, hashes: inclusion.hashes.map(toHex) },
      key: this.record(ORGANIZATION_KEY, entry.statement.keyId),
      sealed: this.sealedHead(),
    };
  }

  @Get('items/:id/proof')
  @Operation({
    id: 'proveItem',
    tag: 'Items',
    summary: 'What the state says about an item, with the digest that proves a history complete.',
    access: 'read',
    answer: itemProofSchema,
    problems: [400, 503],
  })
  item(@Param('id') text: string): z.infer<typeof itemProofSchema> {
    const id = canonicalId(text);
    if (!id.ok) throw problemOfFailure(id);
    const item = id.value.key;
    return {
      format: 'lading-item-proof-1',
      networkId: this.self.networkId,
      item,
      record: this.record(ITEM, item),
      sealed: this.sealedHead(),
    };
  }

  private record<T>(type: RecordType<T>, id: string) {
    const { value, proof } = proveRecord(type, id, this.chain);
    return {
      value: value && toBase64(value),
      siblings: proof.siblings.map(toHex),
      otherLeaf: proof.otherLeaf && {
        keyHash: toHex(proof.otherLeaf.keyHash),
        valueHash: toHex(proof.otherLeaf.valueHash),
      },
    };
  }

  private sealedHead() {
    const { header, certificate } = this.node.head();
    if (certificate === null) {
      throw new ApiProblem('API_NOTHING_SEALED', 'The chain has no block after genesis yet: nothing is sealed.', [], {
        'retry-after': '1',
      });
    }
    return {
      header: toBase64(encodeHeader(header)),
      certificate: toBase64(encodeCertificate(certificate)),
      validators: this.node
        .next()
        .parentValidators.map(({ id, publicKey }) => ({ did: id, publicKey: toHex(publicKey) })),
    };
  }
}
