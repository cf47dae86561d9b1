import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCbor, toHex } from '#codec';
import type { VoteRecord } from '#consensus';
import type { Did, NetworkId } from '#identity';
import {
  BLOCK_VERSION,
  blockHash,
  encodeBlock,
  encodeHeader,
  GENESIS_PROPOSER,
  ZERO_HASH,
  type Block,
  type BlockHash,
  type BlockHeader,
  type DecodedEntry,
  type EntryId,
} from '#ledger';
import type { EncodedCommit } from '#node';

/** Runs `use` with a new directory and removes it afterwards. */
export async function withDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'lading-store-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface CommitShape {
  readonly entries?: number;
  readonly treeWrites?: EncodedCommit['commit']['treeWrites'];
  readonly changes?: EncodedCommit['commit']['outcome']['changes'];
  readonly contentBytes?: number;
}

/** The parent of genesis. */
export const NO_PARENT = toHex(ZERO_HASH) as BlockHash;

/** A block as far as a store looks at it: a real header that names its parent. Its entries are only ids. */
export function commitAt(height: number, parentHash: string, shape: CommitShape = {}): EncodedCommit {
  const header: BlockHeader = {
    version: BLOCK_VERSION,
    networkId: '11'.repeat(32) as NetworkId,
    height,
    time: 1_700_000_000_000 + height,
    parentHash: parentHash as BlockHash,
    proposer: height === 0 ? GENESIS_PROPOSER : ('did:web:maker.example' as Did),
    entriesRoot: ZERO_HASH,
    logSize: height,
    logRoot: ZERO_HASH,
    stateRoot: ZERO_HASH,
    validatorsHash: ZERO_HASH,
    nextValidatorsHash: ZERO_HASH,
    paramsHash: ZERO_HASH,
    parentCertificateHash: ZERO_HASH,
  };
  const entries = Array.from({ length: shape.entries ?? 2 }, (_, index) => ({
    statement: { entryId: sha256Hex(`entry ${height} ${index}`) as EntryId },
  }));
  const block: Block = {
    bytes: encodeBlock(header, null, [{ statement: new Uint8Array(1), content: new Uint8Array(shape.contentBytes ?? 100).fill(height) }]),
    hash: blockHash(encodeHeader(header)),
    header,
    parentCertificate: null,
    entries: entries as unknown as readonly DecodedEntry[],
  };
  return {
    commit: {
      block,
      certificate: null,
      outcome: { findings: [], changes: shape.changes ?? [{ key: 'counter/height', value: encodeCbor(height) }] },
      treeWrites: shape.treeWrites ?? [{ path: new Uint8Array([height & 255]), node: encodeCbor(height) }],
      logWrites: entries.map((_, index) => ({ level: 0, index: height * entries.length + index, hash: encodeCbor(index) })),
    },
    certificateBytes: height === 0 ? null : encodeCbor(['certificate', height]),
    outcomeBytes: encodeCbor(['outcome', height]),
  };
}

export function chainOf(length: number, shape: CommitShape = {}): EncodedCommit[] {
  const commits: EncodedCommit[] = [];
  for (let height = 0; height < length; height++) commits.push(commitAt(height, commits[height - 1]?.commit.block.hash ?? NO_PARENT, shape));
  return commits;
}

export function vote(height: number, round: number, kind: VoteRecord['kind'], digest: string): VoteRecord {
  return { height, round, kind, digest, message: encodeCbor([height, round, kind, digest]) };
}
