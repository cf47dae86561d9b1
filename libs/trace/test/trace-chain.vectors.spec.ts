import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '#codec';
import { portableVerifier } from '#identity';
import { decodeBlock, decodeOutcome, encodeOutcome, judgeBlock } from '#ledger';
import { createTraceRules, ITEM } from '#trace';
import { TestNetwork } from '../../ledger/test/network.js';
import { makeTraceChain, readTraceGenesis, type TraceChainVector } from './trace-chain.js';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../../test-vectors/trace-chain.json');
const vector = JSON.parse(readFileSync(FILE, 'utf8')) as TraceChainVector;

describe('the frozen chain of every kind of entry', () => {
  it('is executed to the same records, findings and roots by this build', () => {
    const network = new TestNetwork(readTraceGenesis(vector.genesis));
    const { networkId } = network.genesis;
    const rules = createTraceRules({ verifier: portableVerifier, networkId });
    for (const { height, hash, stateRoot, block: bytes, outcome } of vector.blocks) {
      const block = decodeBlock(fromHex(bytes) as Uint8Array, { networkId, rules });
      if (!block.ok) throw new Error(`block ${height}: ${block.code}: ${block.detail}`);
      const judged = judgeBlock(network.chain, network.head, network.next, block.value, portableVerifier);
      if (!judged.ok) throw new Error(`block ${height}: ${judged.code}: ${judged.detail}`);
      expect([height, judged.value.block.hash, toHex(judged.value.block.header.stateRoot)]).toEqual([height, hash, stateRoot]);
      expect(toHex(encodeOutcome(judged.value.commit.outcome))).toBe(outcome);
      network.commit(judged.value);
    }
    expect(vector.blocks).toHaveLength(13);
  });

  it('holds records that this build still reads', () => {
    const changes = vector.blocks.flatMap(({ outcome }) => decodeOutcome(fromHex(outcome) as Uint8Array).changes);
    const items = changes.filter(({ key, value }) => key.startsWith('item/') && value !== null);
    expect(items.length).toBeGreaterThan(10);
    for (const { value } of items) expect(toHex(ITEM.encode(ITEM.decode(value as Uint8Array)))).toBe(toHex(value as Uint8Array));
  });

  it('comes out the same again from the same seeds', () => {
    expect(makeTraceChain()).toEqual(vector);
  });
});
