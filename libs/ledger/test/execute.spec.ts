import { describe, expect, it } from '@jest/globals';
import { toHex } from '#codec';
import { portableVerifier } from '#identity';
import { decodeBlock, judgeBlock } from '#ledger';
import { noteRules } from './note-rules.js';
import { memberAt, TestNetwork } from './network.js';

describe('executing blocks', () => {
  it('judges what it builds, block after block', () => {
    const network = new TestNetwork();
    for (let height = 1; height <= 5; height++) {
      const built = network.build([network.entry(memberAt(height), `note ${height}`)]);
      expect(built.leftOut).toEqual([]);
      const decoded = decodeBlock(built.block.bytes, { networkId: network.genesis.networkId, rules: noteRules });
      if (!decoded.ok) throw new Error(decoded.detail);
      const judged = judgeBlock(network.chain, network.head, network.next, decoded.value, portableVerifier);
      if (!judged.ok) throw new Error(`${judged.code}: ${judged.detail}`);
      expect(judged.value.next).toEqual(built.next);
      expect(judged.value.commit.treeWrites).toEqual(built.commit.treeWrites);
      expect(toHex(decoded.value.header.stateRoot)).toBe(toHex(built.block.header.stateRoot));
      network.commit(built);
    }
  });
});
