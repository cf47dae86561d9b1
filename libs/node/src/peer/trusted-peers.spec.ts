import { describe, expect, it } from '@jest/globals';
import { sha256, toHex, utf8Encode } from '#codec';
import {
  DEFAULT_PARAMETERS,
  genesisRecords,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  parseGenesis,
  portableSigner,
  type Did,
  type Organization,
  type PublicKey,
} from '#identity';
import { StateOverlay } from '#ledger';
import { trustedPeers } from './trusted-peers.js';

const MAKER = 'did:web:maker.example' as Did;
const CARRIER = 'did:web:carrier.example' as Did;
const STRANGER = 'did:web:stranger.example' as Did;
const keyOf = (name: string): PublicKey => portableSigner(sha256(utf8Encode(name))).publicKey;
const NOBODY = new Map<Did, PublicKey>();

function twoOrganizations(): StateOverlay {
  const organization = (did: Did) => ({
    did,
    name: did,
    roles: ['validator', 'member'],
    gs1CompanyPrefixes: [],
    nodeKey: toHex(keyOf(`${did} node`)),
    signingKey: toHex(keyOf(`${did} sign`)),
  });
  const text = JSON.stringify({
    format: 'lading-genesis-1',
    time: 1,
    organizations: [organization(MAKER), organization(CARRIER)],
    parameters: DEFAULT_PARAMETERS,
  });
  const genesis = parseGenesis(utf8Encode(text));
  if (!genesis.ok) throw new Error(genesis.detail);
  const state = new StateOverlay({ stateValue: () => undefined });
  genesisRecords(genesis.value, state);
  return state;
}

/** A rotation of the carrier's node key at height 9: the new one from 10, the old one below 15. */
function rotated(): StateOverlay {
  const state = twoOrganizations();
  const carrier = state.get(ORGANIZATION, CARRIER) as Organization;
  const next = keyOf('next');
  const old = keyIdOf(keyOf(`${CARRIER} node`));
  state.put(ORGANIZATION_KEY, old, { ...state.get(ORGANIZATION_KEY, old)!, validUntil: 15 });
  state.put(ORGANIZATION_KEY, keyIdOf(next), { keyId: keyIdOf(next), publicKey: next, organization: CARRIER, purpose: 'node', validFrom: 10 });
  state.put(ORGANIZATION, CARRIER, { ...carrier, keyIds: [...carrier.keyIds, keyIdOf(next)] });
  return state;
}

describe('trustedPeers', () => {
  it('has the node keys of the organisations, and no other keys', () => {
    const { peers, until } = trustedPeers(twoOrganizations(), [MAKER, CARRIER], 1, NOBODY);
    expect(peers).toEqual(
      new Map([
        [MAKER, { keys: [keyOf(`${MAKER} node`)] }],
        [CARRIER, { keys: [keyOf(`${CARRIER} node`)] }],
      ]),
    );
    expect(until).toBe(Infinity);
  });

  it('takes both keys of a rotation from its registration to the end of the overlap', () => {
    const keysAt = (next: number) => trustedPeers(rotated(), [MAKER, CARRIER], next, NOBODY).peers.get(CARRIER)?.keys;
    const [old, next] = [keyOf(`${CARRIER} node`), keyOf('next')];
    expect(keysAt(8)).toEqual([old, next]);
    expect(keysAt(14)).toEqual([old, next]);
    expect(keysAt(15)).toEqual([next]);
    expect(trustedPeers(rotated(), [MAKER, CARRIER], 10, NOBODY).until).toBe(15);
  });

  it('lets a suspended organisation read, and a removed one not', () => {
    const state = twoOrganizations();
    const put = (status: Organization['status']): void =>
      state.put(ORGANIZATION, CARRIER, { ...(state.get(ORGANIZATION, CARRIER) as Organization), status });
    put('suspended');
    expect(trustedPeers(state, [MAKER, CARRIER], 1, NOBODY).peers.has(CARRIER)).toBe(true);
    put('removed');
    expect(trustedPeers(state, [MAKER, CARRIER], 1, new Map([[CARRIER, keyOf('introduced')]])).peers.has(CARRIER)).toBe(false);
  });

  it.each([
    ['node.carrier.example:7420', { host: 'node.carrier.example', port: 7420 }],
    ['[2001:db8::1]:7420', { host: '2001:db8::1', port: 7420 }],
  ])('says where the node is: %s', (nodeAddress, address) => {
    const state = twoOrganizations();
    state.put(ORGANIZATION, CARRIER, { ...(state.get(ORGANIZATION, CARRIER) as Organization), nodeAddress });
    expect(trustedPeers(state, [CARRIER], 1, NOBODY).peers.get(CARRIER)?.address).toEqual(address);
  });

  it('trusts an introduced key until the ledger knows it, then the ledger', () => {
    const introduced = new Map([
      [CARRIER, keyOf('next')],
      [STRANGER, keyOf('stranger')],
    ]);
    const before = trustedPeers(twoOrganizations(), [MAKER, CARRIER], 1, introduced).peers;
    expect(before.get(CARRIER)?.keys).toEqual([keyOf(`${CARRIER} node`), keyOf('next')]);
    expect(before.get(STRANGER)?.keys).toEqual([keyOf('stranger')]);
    const state = rotated();
    const id = keyIdOf(keyOf('next'));
    state.put(ORGANIZATION_KEY, id, { ...state.get(ORGANIZATION_KEY, id)!, validUntil: 12, revoked: true });
    expect(trustedPeers(state, [MAKER, CARRIER], 20, introduced).peers.get(CARRIER)).toBeUndefined();
  });
});
