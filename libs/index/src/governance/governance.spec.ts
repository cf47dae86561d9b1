import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { keyIdOf, portableSigner, type KeyId, type ProposalRequest } from '#identity';
import type { DecodedEntry } from '#ledger';
import {
  ballot,
  itemCommissioning,
  keyRevocation,
  keyRotation,
  productRegistration,
  proposalOpening,
  proposalWithdrawal,
  transferOffer,
  type BallotInput,
} from '#trace';
import { idOf, TestChain, testOrganization, type TestOrganization } from '../../testing/test-chain.js';
import { startTestPostgres, type TestPostgres } from '../../testing/test-postgres.js';
import { checksum, createIndexDataSource, dropIndex, IndexQueries, migrate, project } from '../index.js';

const GTIN = '09521101530001';
const item = (serial: string): string => `https://id.gs1.org/01/${GTIN}/21/${serial}`;
const retailer = testOrganization('retailer', 3);
const baker = testOrganization('baker', 4);
const PROOF = new Uint8Array(64);

let postgres: TestPostgres;
let dataSource: DataSource;
let queries: IndexQueries;
let chain: TestChain;
/** Organisations with their admin keys. */
let makerAdmin: TestOrganization;
let carrierAdmin: TestOrganization;
let retailerAdmin: TestOrganization;

beforeAll(async () => {
  postgres = await startTestPostgres(process.env['DATABASE_URL']);
  dataSource = await createIndexDataSource({ url: await postgres.createDatabase(), poolSize: 2 }).initialize();
  await migrate(dataSource);
  queries = new IndexQueries(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await postgres.stop();
});

/** The genesis of these tests is from before there was governance: signing keys make the first admin keys. */
beforeEach(async () => {
  await dropIndex(dataSource);
  chain = new TestChain([retailer, baker]);
  const parties = [chain.maker, chain.carrier, retailer, baker];
  const admins = parties.map(({ did }, i) => ({ did, signer: portableSigner(new Uint8Array(32).fill(50 + i)) }));
  chain.append(
    ...parties.map((party, i) => {
      const { publicKey } = admins[i]!.signer;
      return chain.entry(party, keyRotation({ purpose: 'admin', publicKey, proof: PROOF }));
    }),
  );
  [makerAdmin, carrierAdmin, retailerAdmin] = admins as [TestOrganization, TestOrganization, TestOrganization];
});

const height = (): number => chain.durableHeight();
const indexed = (): Promise<number> => project(dataSource, chain.blocks);

function open(by: TestOrganization, action: ProposalRequest, more: { reason?: string; expiresAt?: number; effectHeight?: number } = {}): string {
  const entry = chain.entry(by, proposalOpening({ action, expiresAt: height() + 100, ...more }));
  chain.append(entry);
  return idOf(entry);
}

function vote(by: TestOrganization, proposal: string, choice: BallotInput['choice'], reason?: string): DecodedEntry {
  const entry = chain.entry(by, ballot({ proposal, choice, reason }));
  chain.append(entry);
  return entry;
}

async function proposal(id: string) {
  await indexed();
  const found = await queries.proposal(id);
  if (found === undefined) throw new Error(`no proposal ${id}`);
  return found;
}

describe('a proposal in the index', () => {
  it('shows who voted how, with which entry and which key, and how the ballots stand', async () => {
    const id = open(makerAdmin, { kind: 'organization.suspend', did: baker.did }, { reason: 'sells spoilt bread' });
    const ballots = [vote(carrierAdmin, id, 'no', 'give them time')];
    const found = await proposal(id);
    expect(found).toMatchObject({
      kind: 'organization.suspend',
      state: 'open',
      about: { did: baker.did, name: 'Organisation 3' },
      key: null,
      reason: 'sells spoilt bread',
      opened: { entryId: id, author: chain.maker.did, height: 2, disputed: false },
      expiresAt: 101,
      effectHeight: null,
      tally: { yes: 1, no: 1, validators: 4, needed: 3 },
      failure: null,
    });
    expect(found.ballots).toEqual([
      expect.objectContaining({ organization: chain.maker.did, choice: 'yes', keyId: keyIdOf(makerAdmin.signer.publicKey), reason: 'sells spoilt bread' }),
      expect.objectContaining({ organization: chain.carrier.did, choice: 'no', keyId: keyIdOf(carrierAdmin.signer.publicKey), reason: 'give them time' }),
    ]);
    expect(found.ballots[1]?.entry).toMatchObject({ entryId: idOf(ballots[0]!), height: 3, index: 0 });
    expect(found.before.organization).toMatchObject({ did: baker.did, status: 'active', roles: ['validator', 'member'] });
    expect(found.before.validators).toHaveLength(4);
  });

  it('keeps what was before it when it has taken effect, and the tally of the moment of its decision', async () => {
    const id = open(makerAdmin, { kind: 'validators.change', change: 'remove', did: baker.did });
    vote(carrierAdmin, id, 'yes');
    vote(retailerAdmin, id, 'yes');
    const found = await proposal(id);
    expect(found).toMatchObject({ state: 'effective', decidedHeight: 4, effectHeight: 5, tally: { yes: 3, no: 0, validators: 4, needed: 3 } });
    expect(found.before.validators).toContain(baker.did);
    // A later change does not change what was before this one.
    const back = open(makerAdmin, { kind: 'validators.change', change: 'add', did: baker.did });
    vote(carrierAdmin, back, 'yes');
    const later = await proposal(back);
    expect(later).toMatchObject({ state: 'effective', tally: { yes: 2, validators: 3, needed: 2 } });
    expect(later.before.validators).not.toContain(baker.did);
    expect((await proposal(id)).before.validators).toContain(baker.did);

    const organization = await queries.organization(baker.did);
    expect(organization?.roles).toEqual(['validator', 'member']);
    expect(organization?.history.map(({ height: at, roles }) => ({ at, roles }))).toEqual([
      { at: 0, roles: ['validator', 'member'] },
      { at: 4, roles: ['member'] },
      { at: 6, roles: ['validator', 'member'] },
    ]);
  });

  it('has expired after its last height, though nothing says so on the chain', async () => {
    const id = open(makerAdmin, { kind: 'organization.suspend', did: baker.did }, { expiresAt: height() + 2 });
    expect(await proposal(id)).toMatchObject({ state: 'open', expiresAt: 3, asOf: { height: 2 } });
    chain.append();
    expect(await proposal(id)).toMatchObject({ state: 'expired', asOf: { height: 3 } });
    expect((await queries.proposals({ state: 'expired' })).items.map((found) => found.id)).toEqual([id]);
    expect((await queries.proposals({ state: 'open' })).items).toEqual([]);
  });

  it('is found by its state, kind, subject and opener, newest first and page by page', async () => {
    const suspension = open(makerAdmin, { kind: 'organization.suspend', did: baker.did });
    const parameters = open(carrierAdmin, { kind: 'parameters.change', parameters: { batchWaitMs: 20 }, thresholds: { 'key.revoke': 75 } });
    const withdrawn = open(carrierAdmin, { kind: 'organization.roles', did: baker.did, roles: ['auditor'] });
    chain.append(chain.entry(carrierAdmin, proposalWithdrawal({ proposal: withdrawn })));
    const revocation = open(makerAdmin, { kind: 'key.revoke', keyId: keyIdOf(baker.signer.publicKey), notTrustedFrom: 1 });
    await indexed();
    const ids = async (filter: Parameters<IndexQueries['proposals']>[0]) => (await queries.proposals(filter)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([revocation, withdrawn, parameters, suspension]);
    expect(await ids({ state: 'withdrawn' })).toEqual([withdrawn]);
    expect(await ids({ kind: 'parameters.change' })).toEqual([parameters]);
    expect(await ids({ openedBy: chain.maker.did })).toEqual([revocation, suspension]);
    // A revocation is about the organisation whose key it is.
    expect(await ids({ about: baker.did })).toEqual([revocation, withdrawn, suspension]);
    expect(await proposal(revocation)).toMatchObject({ key: { keyId: keyIdOf(baker.signer.publicKey), organization: baker.did, purpose: 'sign' } });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await queries.proposals({}, { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([revocation, withdrawn, parameters, suspension]);
  });
});

describe('organisations in the index', () => {
  it('are found by status, role and any part of their names', async () => {
    const id = open(makerAdmin, { kind: 'organization.suspend', did: baker.did });
    vote(carrierAdmin, id, 'yes');
    vote(retailerAdmin, id, 'yes');
    await indexed();
    const dids = async (filter: Parameters<IndexQueries['organizations']>[0]) => (await queries.organizations(filter)).items.map(({ did }) => did);
    expect(await dids({ status: 'suspended' })).toEqual([baker.did]);
    expect(await dids({ status: 'active', role: 'validator' })).toEqual([chain.carrier.did, chain.maker.did, retailer.did]);
    expect(await dids({ role: 'auditor' })).toEqual([]);
    expect(await dids({ search: 'ORGANISATION 2' })).toEqual([retailer.did]);
    expect(await dids({ search: 'web:ma' })).toEqual([chain.maker.did]);
    // Signs that mean something to LIKE stand for themselves.
    expect(await dids({ search: '%' })).toEqual([]);
  });

  it('tell how much each of their keys has signed', async () => {
    chain.append(
      chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Oil' })),
      chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['1'] })),
    );
    // In batches of any size the counts are the same.
    for (const block of chain.blocks) await project(dataSource, [block]);
    const maker = await queries.organization(chain.maker.did);
    expect(maker).toMatchObject({ entries: 3 });
    expect(maker?.keys.map(({ purpose, used }) => ({ purpose, ...used }))).toEqual([
      { purpose: 'node', entries: 0, firstHeight: null, lastHeight: null },
      { purpose: 'sign', entries: 3, firstHeight: 1, lastHeight: 2 },
      { purpose: 'admin', entries: 0, firstHeight: null, lastHeight: null },
    ]);
  });
});

describe('what a distrusted key signed', () => {
  let makersKey: KeyId;
  let early: DecodedEntry;
  let late: DecodedEntry;
  let offer: DecodedEntry;

  beforeEach(() => {
    makersKey = keyIdOf(chain.maker.signer.publicKey);
    early = chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['early'] }));
    late = chain.entry(chain.maker, itemCommissioning({ gtin: GTIN, serials: ['late'] }));
    offer = chain.entry(chain.maker, transferOffer({ items: [item('early')], to: chain.carrier.did, transfers: 'both' }));
    chain.append(chain.entry(chain.maker, productRegistration({ gtin: GTIN, name: 'Oil' }))); // 2
    chain.append(early); // 3
    chain.append(late, offer); // 4
  });

  const revoke = (notTrustedFrom: number): void => {
    chain.append(chain.entry(makerAdmin, keyRevocation({ keyId: makersKey, notTrustedFrom, reason: 'stolen laptop' })));
  };

  it('is disputed from the height that the revocation names, wherever it is read, and nothing before', async () => {
    await indexed();
    const before = await dataSource.query('SELECT * FROM entry ORDER BY height, index');
    expect((await queries.entry(idOf(late)))?.disputed).toBe(false);
    revoke(4);
    await indexed();

    expect((await queries.entry(idOf(early)))?.disputed).toBe(false);
    expect((await queries.entry(idOf(late)))?.disputed).toBe(true);
    expect((await queries.entriesOfBlock(4)).items.map(({ disputed }) => disputed)).toEqual([true, true]);
    expect((await queries.itemHistory(item('early')))?.events.map(({ kind, disputed }) => ({ kind, disputed }))).toEqual([
      { kind: 'item.commission', disputed: false },
      { kind: 'transfer.offer', disputed: true },
    ]);
    expect((await queries.trace(item('late'), { direction: 'both' }))?.events.map(({ disputed }) => disputed)).toEqual([true]);
    expect((await queries.transfer(idOf(offer)))?.offered.disputed).toBe(true);
    expect((await queries.product(GTIN))?.registered.disputed).toBe(false);
    expect((await queries.organization(chain.maker.did))?.keys.find(({ keyId }) => keyId === makersKey)).toMatchObject({
      revoked: true,
      validUntil: 6,
      notTrustedFrom: 4,
    });
    // Nothing was rewritten.
    expect((await dataSource.query('SELECT * FROM entry WHERE height <= 4 ORDER BY height, index')) as unknown).toEqual(before);
  });

  it('is counted before a revocation, by kind and with the offers that are open', async () => {
    await indexed();
    const concerned = await queries.keyEntries(makersKey, 3, { limit: 2 });
    expect(concerned).toMatchObject({
      key: { keyId: makersKey, organization: chain.maker.did, purpose: 'sign', used: { entries: 5 } },
      fromHeight: 3,
      entries: 3,
      byKind: [
        { kind: 'item.commission', entries: 2 },
        { kind: 'transfer.offer', entries: 1 },
      ],
      openTransfers: [idOf(offer)],
    });
    expect(concerned?.page.items.map(({ entryId }) => entryId)).toEqual([idOf(early), idOf(late)]);
    const next = await queries.keyEntries(makersKey, 3, { limit: 2, cursor: concerned?.page.nextCursor as string });
    expect(next?.page).toMatchObject({ items: [{ entryId: idOf(offer), kind: 'transfer.offer' }], nextCursor: null });
    expect((await queries.keyEntries(makersKey, 5))?.entries).toBe(0);
    expect(await queries.keyEntries('00'.repeat(32), 0)).toBeUndefined();
  });

  it('and all of governance is the same after a rebuild, in whatever batches', async () => {
    const id = open(makerAdmin, { kind: 'organization.suspend', did: baker.did }, { reason: 'why' });
    vote(carrierAdmin, id, 'yes', 'because');
    vote(retailerAdmin, id, 'yes');
    revoke(4);
    await indexed();
    const atOnce = await checksum(dataSource);
    await dropIndex(dataSource);
    for (const block of chain.blocks) await project(dataSource, [block]);
    expect(await checksum(dataSource)).toEqual(atOnce);
  });
});
