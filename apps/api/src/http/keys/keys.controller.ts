import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromHex, type RecordReader } from '#codec';
import {
  admitPublicKey,
  keyIdOf,
  ORGANIZATION_KEY,
  rotationProofMessage,
  type KeyPurpose,
  type PublicKey,
} from '#identity';
import type { LadingNode } from '#node';
import { keyRevocation, keyRotation } from '#trace';
import type { z } from 'zod';
import { Operation } from '../openapi/operation.js';
import { LADING_NODE, LEDGER_STATE, SELF, type Self, type SigningKeys } from '../parts.js';
import { ApiProblem, problemOfFailure } from '../problem/problem.js';
import { IndexReader } from '../reads/index-reader.js';
import { present } from '../reads/present.js';
import { ActWriter, noAdminKey } from '../writes/act-writer.js';
import {
  keyReceiptSchema,
  revocationInputSchema,
  revocationPreviewInputSchema,
  revocationPreviewSchema,
  rotationInputSchema,
} from './key.contract.js';

const OVERLAP_BLOCKS_DEFAULT = 1_000;

interface NewKey {
  readonly publicKey: PublicKey;
  readonly proof: Uint8Array;
}

/** The organisation's own keys: replaced in time, or taken back. */
@Controller('api/v1/keys')
export class KeysController {
  constructor(
    @Inject(IndexReader) private readonly index: IndexReader,
    @Inject(ActWriter) private readonly acts: ActWriter,
    @Inject(LEDGER_STATE) private readonly state: RecordReader,
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(SELF) private readonly self: Self,
  ) {}

  @Post('rotate')
  @Operation({
    id: 'rotateOrganizationKey',
    tag: 'Keys',
    summary: 'Replaces a key of this organisation; old and new are valid side by side for a while.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: keyReceiptSchema,
    problems: [403, 501],
    isWrite: true,
  })
  async rotate(
    @Body({ schema: rotationInputSchema }) input: z.infer<typeof rotationInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { purpose, revokeOld, overlapBlocks = revokeOld ? 0 : OVERLAP_BLOCKS_DEFAULT } = input;
    const next = givenKey(input) ?? (await this.ownNextKey(purpose));
    await this.acts.write(request, reply, {
      // An admin key rotates any of these; a signing key those that an organisation without one has.
      signWith: this.self.adminKeys === undefined ? 'sign' : 'admin',
      draft: () => keyRotation({ purpose, revokeOld, overlapBlocks, ...next }),
      answer: (receipt) => ({ ...receipt, keyId: keyIdOf(next.publicKey) }),
      location: () => '/api/v1/organizations/self',
    });
  }

  @Post('revoke')
  @Operation({
    id: 'revokeOrganizationKey',
    tag: 'Keys',
    summary: 'Ends a key of this organisation and says from which height on it was in other hands.',
    access: 'governance',
    freshPasskey: true,
    status: 201,
    answer: keyReceiptSchema,
    problems: [403, 501],
    isWrite: true,
  })
  async revoke(
    @Body({ schema: revocationInputSchema }) input: z.infer<typeof revocationInputSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { keyId, notTrustedFrom, reason } = input;
    const replacement = givenKey(input) ?? (await this.replacementFor(keyId, input.replace));
    await this.acts.write(request, reply, {
      signWith: 'admin',
      draft: () => keyRevocation({ keyId, notTrustedFrom, reason, replacement }),
      answer: (receipt) => ({ ...receipt, keyId: replacement === undefined ? null : keyIdOf(replacement.publicKey) }),
      location: () => '/api/v1/organizations/self',
    });
  }

  @Post('revoke/preview')
  @Operation({
    id: 'previewKeyRevocation',
    tag: 'Keys',
    summary: 'What a revocation would concern: the entries that the key signed from a height on. Records nothing.',
    access: 'read',
    answer: revocationPreviewSchema,
    problems: [400, 404, 503, 504],
  })
  async preview(
    @Body({ schema: revocationPreviewInputSchema }) input: z.infer<typeof revocationPreviewInputSchema>,
  ): Promise<z.infer<typeof revocationPreviewSchema>> {
    const { keyId, notTrustedFrom, limit, cursor } = input;
    // Whoever decides by this list must see the last entry too.
    const minHeight = this.node.durableHeight();
    const found = await this.index.readOne({ minHeight }, `key ${keyId}`, (reads) =>
      reads.keyEntries(keyId, notTrustedFrom, present({ limit, cursor })),
    );
    const { page, fromHeight: _, ...summary } = found;
    return {
      ...summary,
      notTrustedFrom,
      byKind: [...summary.byKind],
      openTransfers: [...summary.openTransfers],
      items: [...page.items],
      nextCursor: page.nextCursor,
    };
  }

  /** A key that this node uses cannot just end: unless told otherwise, another one takes its place in the same entry. */
  private async replacementFor(keyId: string, isWanted: boolean | undefined): Promise<NewKey | undefined> {
    const held = [this.self.signingKeys, this.self.nodeKeys, this.self.adminKeys].find(
      (keys) => keys?.current().keyId === keyId,
    );
    if (held === undefined && isWanted === true) {
      throw new ApiProblem(
        'API_INVALID_REQUEST',
        'This node does not hold the key: give publicKey and proof of the one that takes its place.',
      );
    }
    const purpose = this.state.get(ORGANIZATION_KEY, keyId)?.purpose;
    return held === undefined || isWanted === false || purpose === undefined ? undefined : this.made(held, purpose);
  }

  private ownNextKey(purpose: 'sign' | 'node' | 'admin'): Promise<NewKey> {
    const { signingKeys, nodeKeys, adminKeys } = this.self;
    const keys = { sign: signingKeys, node: nodeKeys, admin: adminKeys }[purpose];
    if (keys === undefined) throw noAdminKey();
    return this.made(keys, purpose);
  }

  /** A new key that this node makes, and proves to hold. */
  private async made(keys: SigningKeys, purpose: KeyPurpose): Promise<NewKey> {
    const { did, networkId } = this.self;
    const next = await keys.prepareNext();
    const { publicKey } = next;
    return { publicKey, proof: next.sign(rotationProofMessage({ networkId, organization: did, purpose, publicKey })) };
  }
}

/** The client's own, with its proof. */
function givenKey({
  publicKey,
  proof,
}: {
  readonly publicKey?: string | undefined;
  readonly proof?: string | undefined;
}): NewKey | undefined {
  if (publicKey === undefined || proof === undefined) return undefined;
  const admitted = admitPublicKey(bytesOf(publicKey));
  if (!admitted.ok) throw problemOfFailure({ ...admitted, pointer: '/publicKey' });
  return { publicKey: admitted.value, proof: bytesOf(proof) };
}

/** The schema has found it to be hexadecimal. */
function bytesOf(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array();
}
