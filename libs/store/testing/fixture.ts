import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCbor } from '#codec';
import type { VoteRecord } from '#consensus';
import type { Block, BlockHash, BlockHeader, DecodedEntry, EntryId } from '#ledger';
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

/** A block as far as a store looks at it: the header's bytes hash to the id and name the parent. */
export function commitAt(height: number, parentHash: string, shape: CommitShape = {}): EncodedCommit {
  const header = encodeCbor([height, parentHash]);
  const hash = createHash('sha256').update(header).digest('hex') as BlockHash;
  const entries = Array.from({ length: shape.entries ?? 2 }, (_, index) => ({
    statement: { entryId: sha256Hex(`entry ${height} ${index}`) as EntryId },
  }));
  const block: Block = {
    bytes: encodeCbor([header, null, [new Uint8Array(shape.contentBytes ?? 100).fill(height)]]),
    hash,
    header: { height, parentHash } as unknown as BlockHeader,
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
  for (let height = 0; height < length; height++) commits.push(commitAt(height, commits[height - 1]?.commit.block.hash ?? '', shape));
  return commits;
}

export function vote(height: number, round: number, kind: VoteRecord['kind'], digest: string): VoteRecord {
  return { height, round, kind, digest, message: encodeCbor([height, round, kind, digest]) };
}
