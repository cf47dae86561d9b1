import { expect, it } from '@jest/globals';
import { fromBase64 } from '#codec';
import { verifyConsistency, verifyInclusion } from '#ledger';
import { describeWithVectors, readVectors } from './shared-vectors.js';

interface InclusionCase {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

interface ConsistencyCase {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

/** The same question about the leaves [start, end) alone; RFC 9162 answers it with the proof of a log of end − start leaves. */
interface SubtreeInclusionCase extends InclusionCase {
  readonly start: number;
  readonly end: number;
}

const bytes = (text: string) => fromBase64(text) as Uint8Array;
const hashes = (proof: readonly string[] | null) => (proof ?? []).map(bytes);

describeWithVectors('merkle/inclusion', 'inclusion proofs of the transparency-dev vectors', () => {
  it.each(readVectors<InclusionCase>('merkle/inclusion'))(
    '$file',
    ({ leafIdx, treeSize, leafHash, proof, root, wantErr }) => {
      expect(verifyInclusion(leafIdx, treeSize, bytes(leafHash), hashes(proof), bytes(root))).toBe(!wantErr);
    },
  );
});

describeWithVectors('merkle/subtreeinclusion', 'inclusion proofs within a subtree', () => {
  it.each(readVectors<SubtreeInclusionCase>('merkle/subtreeinclusion'))(
    '$file',
    ({ leafIdx, start, end, leafHash, proof, root, wantErr }) => {
      expect(verifyInclusion(leafIdx - start, end - start, bytes(leafHash), hashes(proof), bytes(root))).toBe(!wantErr);
    },
  );
});

describeWithVectors('merkle/consistency', 'consistency proofs of the transparency-dev vectors', () => {
  it.each(readVectors<ConsistencyCase>('merkle/consistency'))(
    '$file',
    ({ size1, size2, root1, root2, proof, wantErr }) => {
      expect(verifyConsistency(size1, size2, bytes(root1), bytes(root2), hashes(proof))).toBe(!wantErr);
    },
  );
});
