import { describe, expect, it } from '@jest/globals';
import { InvariantViolation } from '#codec';
import type { BlockHash, EntryId } from '#ledger';
import type { ChainStore } from '#node';
import { chainOf, commitAt, NO_PARENT, sha256Hex } from './fixture.js';

/** One store, closed and opened again at will; what was durable must still be there. */
export interface ChainStoreHarness {
  readonly store: ChainStore;
  reopen(): Promise<ChainStore>;
}

/** What every chain store must do. `use` gives an empty one and cleans up. */
export function describeChainStore(name: string, use: (body: (harness: ChainStoreHarness) => Promise<void>) => Promise<void>): void {
  describe(`${name} as a chain store`, () => {
    it('is empty before genesis', () =>
      use(async ({ store }) => {
        expect(store.height).toBeUndefined();
        expect(store.block(0)).toBeUndefined();
        expect(store.stateValue('counter/height')).toBeUndefined();
      }));

    it('shows everything of a block at once, before it is durable', () =>
      use(async ({ store }) => {
        const [genesis, first] = chainOf(2);
        let durable = 0;
        store.commit(genesis!, () => durable++);
        store.commit(first!, () => durable++);
        expect(durable).toBe(0);
        expectStored(store);
        await until(() => durable === 2);
        expectStored(store);

        function expectStored(chain: ChainStore): void {
          expect(chain.height).toBe(1);
          expectBytes(chain.block(1), first!.commit.block.bytes);
          expect(chain.certificate(0)).toBeUndefined();
          expectBytes(chain.certificate(1), first!.certificateBytes!);
          expectBytes(chain.outcome(1), first!.outcomeBytes);
          expect(chain.heightOf(first!.commit.block.hash)).toBe(1);
          expect(chain.heightOf(sha256Hex('unknown') as BlockHash)).toBeUndefined();
          expect(chain.entryPosition(first!.commit.block.entries[1]!.statement.entryId)).toEqual({ height: 1, index: 1 });
          expect(chain.entryPosition(sha256Hex('unknown') as EntryId)).toBeUndefined();
          expectBytes(chain.stateValue('counter/height'), first!.commit.outcome.changes[0]!.value!);
          expectBytes(chain.treeNode(new Uint8Array([1])), first!.commit.treeWrites[0]!.node!);
          expectBytes(chain.logNode(0, 3), first!.commit.logWrites[1]!.hash);
          expect(chain.logNode(1, 3)).toBeUndefined();
        }
      }));

    it('reports durability once per block, in order', () =>
      use(async ({ store }) => {
        const durable: number[] = [];
        chainOf(20).forEach((commit, height) => store.commit(commit, () => durable.push(height)));
        await until(() => durable.length >= 20);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(durable).toEqual(Array.from({ length: 20 }, (_, height) => height));
      }));

    it('keeps what was durable when it is opened again', () =>
      use(async ({ store, reopen }) => {
        const commits = chainOf(5);
        await commitAll(store, commits);
        const reopened = await reopen();
        expect(reopened.height).toBe(4);
        commits.forEach((commit, height) => expectBytes(reopened.block(height), commit.commit.block.bytes));
        expect(reopened.entryPosition(commits[3]!.commit.block.entries[0]!.statement.entryId)).toEqual({ height: 3, index: 0 });
        await commitAll(reopened, [commitAt(5, commits[4]!.commit.block.hash)]);
        expect(reopened.height).toBe(5);
      }));

    it('removes state and tree nodes, at once and for good', () =>
      use(async ({ store, reopen }) => {
        const key = 'item/x';
        const root = new Uint8Array(0);
        const genesis = commitAt(0, NO_PARENT, {
          changes: [{ key, value: new Uint8Array([1]) }],
          treeWrites: [{ path: root, node: new Uint8Array([2]) }],
        });
        const removal = commitAt(1, genesis.commit.block.hash, { changes: [{ key, value: null }], treeWrites: [{ path: root, node: null }] });
        await commitAll(store, [genesis]);
        expectBytes(store.treeNode(root), new Uint8Array([2]));
        store.commit(removal, () => undefined);
        expect(store.stateValue(key)).toBeUndefined();
        const reopened = await reopen();
        expect(reopened.height).toBe(1);
        expect(reopened.stateValue(key)).toBeUndefined();
        expect(reopened.treeNode(root)).toBeUndefined();
      }));

    it('lists the records of one type, sorted, with what is on its way and without what was removed', () =>
      use(async ({ store, reopen }) => {
        const one = new Uint8Array([1]);
        const put = (...keys: string[]) => keys.map((key) => ({ key, value: one }));
        const genesis = commitAt(0, NO_PARENT, { changes: put('org/b', 'org/a', 'orga/x', 'or/y', 'zebra/z') });
        await commitAll(store, [genesis]);
        const second = commitAt(1, genesis.commit.block.hash, { changes: [...put('org/ü', 'item/1'), { key: 'org/a', value: null }] });
        store.commit(second, () => undefined);
        expect(store.stateIds('org')).toEqual(['b', 'ü']);
        expect(store.stateIds('nothing')).toEqual([]);
        expect((await reopen()).stateIds('org')).toEqual(['b', 'ü']);
      }));

    it('takes state keys of 600 bytes and blocks of 8 MiB', () =>
      use(async ({ store, reopen }) => {
        const key = `item/${'ü'.repeat(297)}`;
        const genesis = commitAt(0, NO_PARENT, { changes: [{ key, value: new Uint8Array([7]) }], contentBytes: 8 * 2 ** 20 });
        await commitAll(store, [genesis]);
        const reopened = await reopen();
        expectBytes(reopened.stateValue(key), new Uint8Array([7]));
        expect(reopened.block(0)!.length).toBe(genesis.commit.block.bytes.length);
      }));

    it('returns bytes that later reads and writes do not change', () =>
      use(async ({ store }) => {
        const commits = chainOf(30, { contentBytes: 20_000 });
        await commitAll(store, commits);
        const first = store.block(3)!;
        const before = Uint8Array.from(first);
        for (let height = 0; height < 30; height++) store.block(height);
        await commitAll(store, [commitAt(30, commits[29]!.commit.block.hash, { contentBytes: 50_000 })]);
        expect(Uint8Array.from(first)).toEqual(before);
      }));

    it('refuses a height that does not follow (INV-CHAIN-1)', () =>
      use(async ({ store }) => {
        const commits = chainOf(3);
        expect(() => store.commit(commits[1]!, () => undefined)).toThrow(violation('INV-CHAIN-1'));
        await commitAll(store, commits.slice(0, 1));
        expect(() => store.commit(commits[0]!, () => undefined)).toThrow(violation('INV-CHAIN-1'));
        expect(() => store.commit(commits[2]!, () => undefined)).toThrow(violation('INV-CHAIN-1'));
        expect(store.height).toBe(0);
      }));

    it('refuses a block whose parent is not the stored head (INV-CHAIN-2)', () =>
      use(async ({ store }) => {
        await commitAll(store, chainOf(1));
        expect(() => store.commit(commitAt(1, sha256Hex('another')), () => undefined)).toThrow(violation('INV-CHAIN-2'));
        expect(store.height).toBe(0);
        expect(store.block(1)).toBeUndefined();
      }));

    it('refuses bytes that do not hash to the block’s id (INV-CHAIN-3)', () =>
      use(async ({ store }) => {
        const { commit, ...rest } = commitAt(0, NO_PARENT);
        const block = { ...commit.block, hash: sha256Hex('another') as BlockHash };
        expect(() => store.commit({ ...rest, commit: { ...commit, block } }, () => undefined)).toThrow(violation('INV-CHAIN-3'));
        expect(store.height).toBeUndefined();
      }));
  });
}


function expectBytes(actual: Uint8Array | undefined, expected: Uint8Array): void {
  expect(actual && Buffer.from(actual).equals(expected)).toBe(true);
}

export function commitAll(store: ChainStore, commits: Parameters<ChainStore['commit']>[0][]): Promise<void> {
  return new Promise((resolve) => {
    let left = commits.length;
    for (const commit of commits) store.commit(commit, () => --left === 0 && resolve());
  });
}

function violation(invariant: string): InvariantViolation {
  return expect.objectContaining({ invariant }) as unknown as InvariantViolation;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
