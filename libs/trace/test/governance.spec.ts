import { describe, expect, it } from '@jest/globals';
import { utf8Encode } from '#codec';
import { keyIdOf, portableVerifier, type KeyPurpose, type ProposalId } from '#identity';
import { concernedItems, createTraceRules, asTraceAction } from '#trace';
import {
  ballot,
  keyRecovery,
  keyRevocation,
  keyRotation,
  organizationUpdate,
  productRegistration,
  proposalOpening,
  proposalWithdrawal,
  type EntryDraft,
} from '#trace';
import { didOf, governedGenesisText, GovernedNetwork, readGenesis, signerOf } from './governed-network.js';
import { NETWORK, statementOf } from './trial-ledger.js';

const FOUR = ['carrier', 'maker', 'retailer', 'wholesaler'];
const network = (validators = FOUR, members: readonly string[] = ['grower']) =>
  new GovernedNetwork(readGenesis(governedGenesisText(validators, members)));
const addGrower = { kind: 'validators.change', change: 'add', did: didOf('grower') } as const;
const product = productRegistration({ gtin: '04077777000010', name: 'Olives' });

function agree(net: GovernedNetwork, proposal: ProposalId, ...voters: readonly string[]): void {
  net.block(...voters.map((name) => net.entry(name, ballot({ proposal, choice: 'yes' }))));
}

describe('who may sign what', () => {
  const drafts: readonly [string, readonly KeyPurpose[], (net: GovernedNetwork) => EntryDraft][] = [
    ['product.register', ['sign'], () => product],
    ['organization.update', ['admin'], () => organizationUpdate(didOf('maker'), { contact: 'office' })],
    ['proposal.open', ['admin'], (net) => proposalOpening({ action: addGrower, expiresAt: net.height + 5 })],
    ['key.rotate', ['sign', 'admin', 'root'], (net) => keyRotation({ purpose: 'sign', ...net.keyWithProof('maker', 'sign', 2) })],
    [
      'key.revoke',
      ['admin', 'root'],
      () => keyRevocation({ keyId: keyIdOf(signerOf('maker', 'sign').publicKey), notTrustedFrom: 0, reason: 'lost' }),
    ],
    [
      'key.recover',
      ['root'],
      (net) => {
        const key = (purpose: KeyPurpose) => net.keyWithProof('maker', purpose, 2);
        return keyRecovery(didOf('maker'), { keys: { admin: key('admin'), sign: key('sign'), node: key('node') }, reason: 'lost' });
      },
    ],
  ];

  it.each(drafts)('%s: %j', (_kind, allowed, draft) => {
    const net = network();
    for (const purpose of ['root', 'admin', 'sign', 'node'] as const) {
      const checked = net.check(net.entry('maker', draft(net), { purpose }));
      if (allowed.includes(purpose)) expect(checked).toMatchObject({ ok: true });
      else expect(checked).toMatchObject({ ok: false, code: 'IDENTITY_KEY_NOT_FOR_SIGNING' });
    }
  });

  it('ballots and withdrawals are signed with the admin key', () => {
    const net = network();
    const proposal = net.open('maker', addGrower);
    for (const purpose of ['root', 'sign', 'node'] as const) {
      const entries = [
        net.entry('carrier', ballot({ proposal, choice: 'yes' }), { purpose }),
        net.entry('maker', proposalWithdrawal({ proposal }), { purpose }),
      ];
      for (const entry of entries) expect(net.check(entry)).toMatchObject({ code: 'IDENTITY_KEY_NOT_FOR_SIGNING' });
    }
  });

  it('a suspended organisation may only keep its keys, from the height on at which it is suspended', () => {
    const net = network();
    const suspend = net.open('maker', { kind: 'organization.suspend', did: didOf('grower') });
    const write = () => net.check(net.entry('grower', product, { purpose: 'sign' }));
    const rotate = () => net.check(net.entry('grower', keyRotation({ purpose: 'sign', ...net.keyWithProof('grower', 'sign', 2) })));
    expect(write()).toMatchObject({ ok: true });
    agree(net, suspend, 'carrier', 'retailer');
    expect(write()).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
    expect(net.check(net.entry('grower', proposalOpening({ action: addGrower, expiresAt: 9 })))).toMatchObject({
      code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE',
    });
    expect(rotate()).toMatchObject({ ok: true });
    agree(net, net.open('maker', { kind: 'organization.remove', did: didOf('grower') }), 'carrier', 'retailer');
    expect(rotate()).toMatchObject({ code: 'IDENTITY_ORGANIZATION_NOT_ACTIVE' });
  });

  it('an auditor reads and keeps its keys, but states and votes nothing', () => {
    const net = network();
    agree(net, net.open('maker', { kind: 'organization.roles', did: didOf('grower'), roles: ['auditor'] }), 'carrier', 'retailer');
    expect(net.check(net.entry('grower', product, { purpose: 'sign' }))).toMatchObject({ code: 'IDENTITY_AUDITOR_CANNOT_WRITE' });
    expect(net.check(net.entry('grower', organizationUpdate(didOf('grower'), { contact: 'x' })))).toMatchObject({
      code: 'IDENTITY_AUDITOR_CANNOT_WRITE',
    });
    expect(net.check(net.entry('grower', keyRotation({ purpose: 'node', ...net.keyWithProof('grower', 'node', 2) })))).toMatchObject({
      ok: true,
    });
  });

  it('a revoked key signs until the height at which it ends, in the same block too', () => {
    const net = network();
    const revocation = keyRevocation({ keyId: keyIdOf(signerOf('maker', 'sign').publicKey), notTrustedFrom: 0, reason: 'lost' });
    net.block(net.entry('maker', revocation), net.entry('maker', product, { purpose: 'sign' }));
    const later = productRegistration({ gtin: '04077777000027', name: 'Oil' });
    expect(net.check(net.entry('maker', later, { purpose: 'sign' }))).toMatchObject({ code: 'IDENTITY_KEY_REVOKED' });
  });
});

describe('the validators of a running chain', () => {
  it('a newcomer decides from its height on, and gets its turns', () => {
    const net = network();
    const { networkId } = net.network.genesis;
    agree(net, net.open('maker', addGrower), 'carrier', 'retailer');
    expect(net.validators).toEqual(['carrier', 'grower', 'maker', 'retailer', 'wholesaler']);
    for (let i = 0; i < 5; i++) net.block();
    const proposers = net.network.blocks.slice(3).map(({ executed }) => executed.block.header.proposer);
    expect(new Set(proposers).has(didOf('grower'))).toBe(true);
    expect(net.network.head.header.networkId).toBe(networkId);
  });

  it('one that is down is removed by the others, and one more cannot be added while it is down', () => {
    const net = network();
    net.down.add(didOf('wholesaler'));
    for (let i = 0; i < 9; i++) net.block();
    expect(net.network.next.turnOrder).not.toContain(didOf('wholesaler'));
    const tried = net.check(net.entry('maker', proposalOpening({ action: addGrower, expiresAt: net.height + 5 })));
    expect(tried).toMatchObject({ ok: false, code: 'GOVERNANCE_QUORUM_UNREACHABLE' });
    expect((tried as { detail: string }).detail).toBe(
      `after this change 5 validators, quorum 4; sealing now: ${['carrier', 'maker', 'retailer'].map(didOf).join(', ')} (3)`,
    );
    agree(net, net.open('maker', { kind: 'organization.remove', did: didOf('wholesaler') }), 'carrier', 'retailer');
    expect(net.validators).toEqual(['carrier', 'maker', 'retailer']);
    for (let i = 0; i < 3; i++) net.block();
    agree(net, net.open('maker', addGrower), 'carrier');
    expect(net.validators).toEqual(['carrier', 'grower', 'maker', 'retailer']);
    for (let i = 0; i < 5; i++) net.block();
    expect(new Set(net.network.blocks.slice(-4).map(({ executed }) => executed.block.header.proposer)).size).toBe(4);
  });

  it('a proposal passes within the block that opens it when the ballots stand there', () => {
    const net = network();
    const opened = net.entry('maker', proposalOpening({ action: addGrower, expiresAt: 9 }));
    const proposal = opened.statement.entryId;
    net.block(opened, ...['carrier', 'retailer'].map((name) => net.entry(name, ballot({ proposal, choice: 'yes' }))));
    expect(net.proposal(proposal)).toMatchObject({ state: 'effective', effectHeight: 2 });
    expect(net.validators).toHaveLength(5);
  });

  it('changed parameters hold from their height on', () => {
    const net = network(['maker'], []);
    net.open('maker', { kind: 'parameters.change', parameters: { blockEntriesMax: 1 }, thresholds: {} }, { expiresAt: 3, effectHeight: 4 });
    expect([net.height, net.network.next.parameters.blockEntriesMax]).toEqual([2, 2000]);
    net.block();
    expect([net.height, net.network.next.parameters.blockEntriesMax]).toEqual([3, 2000]);
    net.block();
    expect([net.height, net.network.next.parameters.blockEntriesMax]).toEqual([4, 1]);
  });
});

describe('reading governance entries', () => {
  const rules = createTraceRules({ verifier: portableVerifier, networkId: NETWORK });
  const read = (kind: EntryDraft['kind'], content: object) =>
    rules.read(statementOf(didOf('maker'), { kind, subject: 'x', contentType: 'application/json' }), utf8Encode(JSON.stringify(content)));
  const hex32 = 'ab'.repeat(32);
  const key = { publicKey: hex32, proof: 'cd'.repeat(64) };
  const admission = {
    kind: 'organization.admit',
    did: 'did:web:x.example',
    name: 'X',
    gs1CompanyPrefixes: ['4012345'],
    roles: ['member'],
    keys: { node: key, sign: key, admin: key, root: key },
    rootCommitment: hex32,
    wordsCompared: true,
  };
  const open = (action: object) => ({ action, expiresAt: 10 });

  it.each<[string, EntryDraft['kind'], object, string, string]>([
    ['an unknown action', 'proposal.open', open({ kind: 'organization.praise' }), 'TRACE_BAD_VALUE', '/action/kind'],
    ['a member of another action', 'proposal.open', open({ ...addGrower, roles: [] }), 'TRACE_UNKNOWN_FIELD', '/action/roles'],
    ['a role that is not given so', 'proposal.open', open({ ...admission, roles: ['validator'] }), 'TRACE_BAD_VALUE', '/action/roles/0'],
    ['a role twice', 'proposal.open', open({ ...admission, roles: ['member', 'member'] }), 'TRACE_BAD_VALUE', '/action/roles/1'],
    ['a key too few', 'proposal.open', open({ ...admission, keys: { node: key } }), 'TRACE_MISSING_FIELD', '/action/keys'],
    ['a key too short', 'proposal.open', open({ ...admission, rootCommitment: 'ab' }), 'TRACE_BAD_VALUE', '/action/rootCommitment'],
    ['an address without port', 'proposal.open', open({ ...admission, nodeAddress: 'x.example' }), 'TRACE_BAD_VALUE', '/action/nodeAddress'],
    ['an API without TLS', 'proposal.open', open({ ...admission, apiUrl: 'http://x.example' }), 'TRACE_BAD_VALUE', '/action/apiUrl'],
    ['a blank name', 'proposal.open', open({ ...admission, name: '  ' }), 'TRACE_BAD_VALUE', '/action/name'],
    ['a prefix that is none', 'proposal.open', open({ ...admission, gs1CompanyPrefixes: ['123'] }), 'TRACE_BAD_VALUE', '/action/gs1CompanyPrefixes/0'],
    ['a threshold for nothing', 'proposal.open', open({ kind: 'parameters.change', thresholds: { all: 51 } }), 'TRACE_UNKNOWN_FIELD', '/action/thresholds/all'],
    ['a parameter in words', 'proposal.open', open({ kind: 'parameters.change', parameters: { batchWaitMs: '1' } }), 'TRACE_BAD_VALUE', '/action/parameters/batchWaitMs'],
    ['no expiry', 'proposal.open', { action: addGrower }, 'TRACE_MISSING_FIELD', ''],
    ['a reason too long', 'proposal.open', { ...open(addGrower), reason: 'x'.repeat(2001) }, 'TRACE_BAD_VALUE', '/reason'],
    ['a negative height', 'proposal.open', { action: addGrower, expiresAt: -1 }, 'TRACE_BAD_VALUE', '/expiresAt'],
    ['a ballot of perhaps', 'proposal.vote', { proposal: hex32, choice: 'perhaps' }, 'TRACE_BAD_VALUE', '/choice'],
    ['a ballot about nothing', 'proposal.vote', { proposal: 'x', choice: 'yes' }, 'TRACE_BAD_VALUE', '/proposal'],
    ['a revocation without reason', 'key.revoke', { keyId: hex32, notTrustedFrom: 0 }, 'TRACE_MISSING_FIELD', ''],
    ['a recovery without node key', 'key.recover', { keys: { admin: key, sign: key }, reason: 'x' }, 'TRACE_MISSING_FIELD', '/keys'],
    ['a recovery of the root key', 'key.recover', { keys: { admin: key, sign: key, node: key, root: key }, reason: 'x' }, 'TRACE_UNKNOWN_FIELD', '/keys/root'],
    ['an organisation without name', 'organization.update', { name: null }, 'TRACE_BAD_TYPE', '/name'],
    ['a name in no language', 'organization.update', { names: { Chinese: 'x' } }, 'TRACE_BAD_VALUE', '/names/Chinese'],
    ['names in a prototype', 'organization.update', { names: { constructor: 'x' } }, 'TRACE_BAD_VALUE', '/names/constructor'],
  ])('refuses %s', (_name, kind, content, code, pointer) => {
    expect(read(kind, content)).toMatchObject({ ok: false, code, pointer });
  });

  it('reads back what the builders write', () => {
    const net = network();
    const organization = { ...net.admission('x').organization, names: { zh: '某' }, wordsCompared: true };
    const action = asTraceAction(net.entry('maker', proposalOpening({ action: { kind: 'organization.admit', organization }, reason: 'r', expiresAt: 7, effectHeight: 9 })).action);
    const { wordsCompared: _, ...admitted } = organization;
    expect(action).toMatchObject({ kind: 'proposal.open', action: { organization: admitted }, reason: 'r', expiresAt: 7, effectHeight: 9 });
    expect(concernedItems(action)).toEqual([]);
  });
});
