import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { fromHex, toHex } from '#codec';
import { portableVerifier, PROPOSAL, PROPOSAL_ACTIONS, PROPOSAL_STATES, type Proposal } from '#identity';
import { decodeBlock, decodeOutcome, encodeOutcome, judgeBlock } from '#ledger';
import { createTraceRules } from '#trace';
import { TestNetwork } from '../../ledger/test/network.js';
import { readGenesis } from './governed-network.js';
import { makeGovernanceChain } from './governance-chain.js';
import type { TraceChainVector } from './trace-chain.js';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../../test-vectors/governance-chain.json');
const vector = JSON.parse(readFileSync(FILE, 'utf8')) as TraceChainVector;

describe('the frozen chain of governance', () => {
  it('is executed to the same records and roots by this build', () => {
    const network = new TestNetwork(readGenesis(vector.genesis));
    const { networkId } = network.genesis;
    const rules = createTraceRules({ verifier: portableVerifier, networkId });
    const kinds = new Set<string>();
    for (const { height, hash, stateRoot, block: bytes, outcome } of vector.blocks) {
      const block = decodeBlock(fromHex(bytes) as Uint8Array, { networkId, rules });
      if (!block.ok) throw new Error(`block ${height}: ${block.code}: ${block.detail}`);
      const { parentCertificate, entries } = block.value;
      if (parentCertificate !== null) network.head = { ...network.head, certificate: parentCertificate };
      const judged = judgeBlock(network.chain, network.head, network.next, block.value, portableVerifier);
      if (!judged.ok) throw new Error(`block ${height}: ${judged.code}: ${judged.detail}`);
      expect([height, judged.value.block.hash, toHex(judged.value.block.header.stateRoot)]).toEqual([height, hash, stateRoot]);
      expect(toHex(encodeOutcome(judged.value.commit.outcome))).toBe(outcome);
      for (const { statement } of entries) kinds.add(statement.kind);
      network.commit(judged.value);
    }
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'organization.update',
        'key.rotate',
        'key.revoke',
        'key.recover',
        'proposal.open',
        'proposal.vote',
        'proposal.withdraw',
      ]),
    );
  });

  it('holds proposals of every action and every state, which this build still reads', () => {
    const seen: Proposal[] = [];
    for (const { outcome } of vector.blocks) {
      for (const { key, value } of decodeOutcome(fromHex(outcome) as Uint8Array).changes) {
        if (!key.startsWith('proposal/') || value === null) continue;
        seen.push(PROPOSAL.decode(value));
        expect(toHex(PROPOSAL.encode(PROPOSAL.decode(value)))).toBe(toHex(value));
      }
    }
    const effective = seen.filter(({ state }) => state === 'effective').map(({ action }) => action.kind);
    expect(new Set(effective)).toEqual(new Set(PROPOSAL_ACTIONS));
    expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(PROPOSAL_STATES));
  });

  it('comes out the same again from the same seeds', () => {
    expect(makeGovernanceChain()).toEqual(vector);
  });
});
