import { describe, expect, it } from '@jest/globals';
import { sha256, toHex, utf8Encode } from '#codec';
import {
  CURRENT,
  DEFAULT_PARAMETERS,
  genesisRecords,
  GS1_PREFIXES_UNDER,
  gs1PrefixOwner,
  isGln,
  keyIdOf,
  ORGANIZATION,
  ORGANIZATION_KEY,
  PARAMETER_BOUNDS,
  PARAMETERS,
  parseGenesis,
  VALIDATORS,
  type Did,
} from '#identity';
import { CARRIER, genesisBytes, genesisDocument, genesisState, MAKER, RETAILER, signerOf } from './fixtures.js';
import { memoryRecords } from './memory-records.js';

type Document = ReturnType<typeof genesisDocument>;

describe('parseGenesis', () => {
  it('reads a genesis whose network id is the hash of its bytes', () => {
    const bytes = genesisBytes(genesisDocument());
    const result = parseGenesis(bytes);
    expect(result).toMatchObject({
      ok: true,
      value: { networkId: toHex(sha256(bytes)), time: 1_790_000_000_000, parameters: DEFAULT_PARAMETERS },
    });
    expect(result.ok && result.value.organizations[0]).toEqual({
      did: MAKER,
      name: 'Maker',
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: ['9521321', '9521400'],
      gln: '9521321000001',
      nodeKey: signerOf(`${MAKER} node`).publicKey,
      signingKey: signerOf(`${MAKER} sign`).publicKey,
    });
  });

  it('gives two files two network ids even when they say the same', () => {
    const document = genesisDocument();
    const ids = [JSON.stringify(document), JSON.stringify(document, null, 1)].map((text) =>
      parseGenesis(utf8Encode(text)),
    );
    expect(ids[0]?.ok && ids[0].value.networkId).not.toBe(ids[1]?.ok && ids[1].value.networkId);
  });

  it.each<[string, (document: Document) => unknown, string, string]>([
    ['another format', (d) => ({ ...d, format: 'lading-genesis-2' }), 'GENESIS_WRONG_FORMAT', '/format'],
    ['an array', () => [], 'GENESIS_WRONG_TYPE', ''],
    ['a missing member', ({ time: _time, ...d }) => d, 'GENESIS_MISSING_MEMBER', '/time'],
    ['an unknown member', (d) => ({ ...d, 'a/b': 1 }), 'GENESIS_UNKNOWN_MEMBER', '/a~1b'],
    ['a time in seconds with a fraction', (d) => ({ ...d, time: 1.5 }), 'GENESIS_WRONG_TYPE', '/time'],
    ['a negative time', (d) => ({ ...d, time: -1 }), 'GENESIS_WRONG_TYPE', '/time'],
    ['a time after the year 9999', (d) => ({ ...d, time: 253_402_300_800_000 }), 'GENESIS_OUT_OF_RANGE', '/time'],
    ['no organisation', (d) => ({ ...d, organizations: [] }), 'GENESIS_OUT_OF_RANGE', '/organizations'],
    [
      '101 organisations',
      (d) => ({ ...d, organizations: Array(101).fill(d.organizations[0]) }),
      'GENESIS_OUT_OF_RANGE',
      '/organizations',
    ],
    ['an organisation that is text', (d) => ({ ...d, organizations: ['x'] }), 'GENESIS_WRONG_TYPE', '/organizations/0'],
    ['a DID that is none', withOrganization(1, { did: 'maker' }), 'GENESIS_BAD_DID', '/organizations/1/did'],
    ['a DID twice', withOrganization(1, { did: MAKER }), 'GENESIS_DUPLICATE_DID', '/organizations/1/did'],
    ['a blank name', withOrganization(0, { name: ' ' }), 'GENESIS_BAD_NAME', '/organizations/0/name'],
    [
      'a name with an escape character',
      withOrganization(0, { name: '\u001b[2J' }),
      'GENESIS_BAD_NAME',
      '/organizations/0/name',
    ],
    [
      'a name of 201 characters',
      withOrganization(0, { name: 'x'.repeat(201) }),
      'GENESIS_BAD_NAME',
      '/organizations/0/name',
    ],
    ['no role', withOrganization(0, { roles: [] }), 'GENESIS_OUT_OF_RANGE', '/organizations/0/roles'],
    [
      'an unknown role',
      withOrganization(0, { roles: ['member', 'king'] }),
      'GENESIS_BAD_ROLE',
      '/organizations/0/roles/1',
    ],
    [
      'a role twice',
      withOrganization(0, { roles: ['member', 'member'] }),
      'GENESIS_BAD_ROLE',
      '/organizations/0/roles',
    ],
    [
      'a prefix of 3 digits',
      withOrganization(0, { gs1CompanyPrefixes: ['952'] }),
      'GENESIS_BAD_PREFIX',
      '/organizations/0/gs1CompanyPrefixes/0',
    ],
    [
      'a prefix with a letter',
      withOrganization(0, { gs1CompanyPrefixes: ['95213x'] }),
      'GENESIS_BAD_PREFIX',
      '/organizations/0/gs1CompanyPrefixes/0',
    ],
    [
      'a prefix twice',
      withOrganization(2, { gs1CompanyPrefixes: ['4012345'] }),
      'GENESIS_PREFIX_OVERLAP',
      '/organizations/2/gs1CompanyPrefixes/0',
    ],
    [
      'a prefix that begins with another’s',
      withOrganization(2, { gs1CompanyPrefixes: ['40123451'] }),
      'GENESIS_PREFIX_OVERLAP',
      '/organizations/2/gs1CompanyPrefixes/0',
    ],
    [
      'a prefix that another’s begins with',
      withOrganization(2, { gs1CompanyPrefixes: ['9521'] }),
      'GENESIS_PREFIX_OVERLAP',
      '/organizations/0/gs1CompanyPrefixes/0',
    ],
    [
      'a GLN with a wrong check digit',
      withOrganization(0, { gln: '9521321000007' }),
      'GENESIS_BAD_GLN',
      '/organizations/0/gln',
    ],
    ['a GLN of 12 digits', withOrganization(0, { gln: '952132100000' }), 'GENESIS_BAD_GLN', '/organizations/0/gln'],
    [
      'a key in capitals',
      (d) => withOrganization(0, { nodeKey: d.organizations[0]?.nodeKey.toUpperCase() })(d),
      'GENESIS_BAD_KEY',
      '/organizations/0/nodeKey',
    ],
    [
      'a key of small order',
      withOrganization(0, { signingKey: '00'.repeat(32) }),
      'GENESIS_BAD_KEY',
      '/organizations/0/signingKey',
    ],
    [
      'one key for two purposes',
      (d) => withOrganization(0, { signingKey: d.organizations[0]?.nodeKey })(d),
      'GENESIS_DUPLICATE_KEY',
      '/organizations/0/signingKey',
    ],
    [
      'one key for two organisations',
      (d) => withOrganization(1, { nodeKey: d.organizations[0]?.signingKey })(d),
      'GENESIS_DUPLICATE_KEY',
      '/organizations/1/nodeKey',
    ],
    [
      'an admin key that serves elsewhere',
      (d) => withOrganization(0, { adminKey: d.organizations[1]?.nodeKey })(d),
      'GENESIS_DUPLICATE_KEY',
      '/organizations/1/nodeKey',
    ],
    [
      'a root key without the commitment to the next',
      withOrganization(0, { rootKey: toHex(signerOf('root').publicKey) }),
      'GENESIS_MISSING_MEMBER',
      '/organizations/0/rootCommitment',
    ],
    [
      'a commitment without a root key',
      withOrganization(0, { rootCommitment: '00'.repeat(32) }),
      'GENESIS_MISSING_MEMBER',
      '/organizations/0/rootKey',
    ],
    [
      'a commitment of 31 bytes',
      withOrganization(0, { rootKey: toHex(signerOf('root').publicKey), rootCommitment: '00'.repeat(31) }),
      'GENESIS_BAD_KEY',
      '/organizations/0/rootCommitment',
    ],
    [
      'no validator',
      (d) => ({ ...d, organizations: d.organizations.map((o) => ({ ...o, roles: ['member'] })) }),
      'GENESIS_NO_VALIDATOR',
      '/organizations',
    ],
    [
      'a parameter missing',
      (d) => ({ ...d, parameters: { ...d.parameters, batchWaitMs: undefined } }),
      'GENESIS_MISSING_MEMBER',
      '/parameters/batchWaitMs',
    ],
    [
      'an unknown parameter',
      (d) => ({ ...d, parameters: { ...d.parameters, x: 1 } }),
      'GENESIS_UNKNOWN_MEMBER',
      '/parameters/x',
    ],
    [
      'a round cap below the base',
      (d) => ({ ...d, parameters: { ...d.parameters, roundCapMs: 1999 } }),
      'GENESIS_OUT_OF_RANGE',
      '/parameters/roundCapMs',
    ],
  ])('refuses %s', (_name, change, code, pointer) => {
    expect(parseGenesis(genesisBytes(change(genesisDocument())))).toMatchObject({ ok: false, code, pointer });
  });

  it('refuses parameters just outside their bounds and accepts the bounds', () => {
    for (const [name, [min, max]] of Object.entries(PARAMETER_BOUNDS)) {
      const judge = (value: number): string => {
        const document = genesisDocument();
        // The base must stay below the cap while the cap is tried.
        const result = parseGenesis(
          genesisBytes({
            ...document,
            parameters: { ...document.parameters, roundBaseMs: 50, roundCapMs: 3_600_000, [name]: value },
          }),
        );
        return result.ok ? 'read' : `${result.code} ${result.pointer}`;
      };
      expect([judge(min), judge(max)]).toEqual(['read', 'read']);
      expect(judge(max + 1)).toBe(`GENESIS_OUT_OF_RANGE /parameters/${name}`);
      if (min > 0) expect(judge(min - 1)).toBe(`GENESIS_OUT_OF_RANGE /parameters/${name}`);
    }
  });

  it('refuses what is no strict JSON, or too much', () => {
    const text = JSON.stringify(genesisDocument());
    expect(parseGenesis(utf8Encode(text.replace('{', '{"time":1,')))).toMatchObject({ code: 'JSON_DUPLICATE_KEY' });
    expect(parseGenesis(utf8Encode(''))).toMatchObject({ code: 'JSON_SYNTAX' });
    expect(parseGenesis(utf8Encode(text + ' '.repeat(1024 * 1024)))).toMatchObject({ code: 'GENESIS_TOO_LARGE' });
  });
});

describe('genesisRecords', () => {
  it('writes every organisation with its two keys, valid from height 0', () => {
    const { state } = genesisState();
    const [nodeKey, signingKey] = [signerOf(`${MAKER} node`).publicKey, signerOf(`${MAKER} sign`).publicKey];
    expect(state.get(ORGANIZATION, MAKER)).toEqual({
      did: MAKER,
      name: 'Maker',
      roles: ['validator', 'member'],
      gs1CompanyPrefixes: ['9521321', '9521400'],
      gln: '9521321000001',
      status: 'active',
      since: 0,
      keyIds: [keyIdOf(nodeKey), keyIdOf(signingKey)],
    });
    expect(state.get(ORGANIZATION, CARRIER)).not.toHaveProperty('gln');
    expect(state.get(ORGANIZATION_KEY, keyIdOf(nodeKey))).toEqual({
      keyId: keyIdOf(nodeKey),
      publicKey: nodeKey,
      organization: MAKER,
      purpose: 'node',
      validFrom: 0,
    });
    expect(state.get(ORGANIZATION_KEY, keyIdOf(signingKey))).toMatchObject({ organization: MAKER, purpose: 'sign' });
  });

  it('writes admin and root keys where there are any, and then what prefixes begin with', () => {
    const { state: without } = genesisState();
    expect(without.get(GS1_PREFIXES_UNDER, '9521')).toBeUndefined();
    const governing = {
      adminKey: toHex(signerOf('admin').publicKey),
      rootKey: toHex(signerOf('root').publicKey),
      rootCommitment: '0c'.repeat(32),
    };
    const genesis = parseGenesis(genesisBytes(withOrganization(0, governing)(genesisDocument())));
    if (!genesis.ok) throw new Error(genesis.detail);
    const state = memoryRecords();
    genesisRecords(genesis.value, state);
    const names = [`${MAKER} node`, `${MAKER} sign`, 'admin', 'root'];
    expect(state.get(ORGANIZATION, MAKER)).toMatchObject({
      keyIds: names.map((name) => keyIdOf(signerOf(name).publicKey)),
      rootCommitment: new Uint8Array(32).fill(12),
    });
    const purposes = names.map((name) => state.get(ORGANIZATION_KEY, keyIdOf(signerOf(name).publicKey))?.purpose);
    expect(purposes).toEqual(['node', 'sign', 'admin', 'root']);
    expect(
      ['9521', '95213', '952132', '9521321', '4012'].map((digits) => state.get(GS1_PREFIXES_UNDER, digits)),
    ).toEqual([2, 1, 1, undefined, 1]);
  });

  it('writes parameters and, sorted, the organisations that validate', () => {
    const { state } = genesisState();
    expect(state.get(VALIDATORS, CURRENT)).toEqual([CARRIER, MAKER]);
    expect(state.get(PARAMETERS, CURRENT)).toEqual(DEFAULT_PARAMETERS);
    expect(state.get(ORGANIZATION, RETAILER)?.roles).toEqual(['member']);
  });

  it.each<[string, Did | undefined]>([
    ['9521321123456', MAKER],
    ['9521400', MAKER],
    ['401234512345', CARRIER],
    ['401234', undefined],
    ['4012346', undefined],
    ['', undefined],
  ])('lets the owner of the prefix be found from the digits %s', (digits, owner) => {
    expect(gs1PrefixOwner(genesisState().state, digits)).toBe(owner);
  });
});

describe('isGln', () => {
  it('checks the GS1 check digit', () => {
    for (const text of ['4006381333931', '5901234123457', '0000000000000']) {
      expect(isGln(text)).toBe(true);
      for (let digit = 1; digit < 10; digit++)
        expect(isGln(text.slice(0, 12) + ((Number(text.slice(12)) + digit) % 10))).toBe(false);
    }
    expect(isGln('4060381333931')).toBe(false);
    expect(isGln('400638133393')).toBe(false);
    expect(isGln('４006381333931')).toBe(false);
  });
});

function withOrganization(index: number, members: Record<string, unknown>): (document: Document) => unknown {
  return (document) => ({
    ...document,
    organizations: document.organizations.map((organization, i) =>
      i === index ? { ...organization, ...members } : organization,
    ),
  });
}
