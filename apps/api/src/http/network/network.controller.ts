import { Controller, Get, Inject } from '@nestjs/common';
import { toHex } from '#codec';
import { quorum } from '#identity';
import type { IndexProgress } from '#index';
import type { LadingNode } from '#node';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { INDEX_PROGRESS, LADING_NODE, SELF, type Self } from '../parts.js';
import { networkSchema, peersSchema } from './network.contract.js';

@Controller('api/v1/network')
export class NetworkController {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(INDEX_PROGRESS) private readonly index: IndexProgress,
    @Inject(SELF) private readonly self: Self,
  ) {}

  /** From the node itself, not from the index, so that it answers while the database is away. */
  @Get()
  @Operation({
    id: 'getNetwork',
    tag: 'Network',
    summary: 'The chain’s head, the validators and how far the index is.',
    access: 'read',
    answer: networkSchema,
  })
  network(): z.infer<typeof networkSchema> {
    const { hash, header } = this.node.head();
    const validators = this.node.validators();
    return {
      id: this.self.networkId,
      self: this.self.did,
      height: header.height,
      headHash: hash,
      headTime: new Date(header.time).toISOString(),
      logSize: header.logSize,
      logRoot: toHex(header.logRoot),
      stateRoot: toHex(header.stateRoot),
      validators: validators.map((validator) => ({
        did: validator.id,
        isSelf: validator.isSelf,
        connected: validator.connected,
        lastSealHeight: validator.lastSealHeight ?? null,
        reportedHeight: validator.reportedHeight ?? null,
      })),
      quorum: quorum(validators.length),
      pool: this.node.pool(),
      indexHeight: this.index.height,
      indexState: this.index.state,
    };
  }

  @Get('peers')
  @Operation({
    id: 'listPeers',
    tag: 'Network',
    summary: 'The nodes of the other organisations as this one sees them: connection, height, clock.',
    access: 'read',
    answer: peersSchema,
  })
  peers(): z.infer<typeof peersSchema> {
    return {
      clockOffsetMs: this.node.clockOffsetMs() ?? null,
      clockDriftMaxMs: this.node.next().parameters.clockDriftMaxMs,
      items: this.node.peers().map((peer) => ({
        did: peer.id,
        isValidator: peer.isValidator,
        connected: peer.connected,
        lastSealHeight: peer.lastSealHeight ?? null,
        reportedHeight: peer.reportedHeight ?? null,
        clockOffsetMs: peer.clockOffsetMs ?? null,
        roundTripMs: peer.roundTripMs ?? null,
      })),
    };
  }
}
