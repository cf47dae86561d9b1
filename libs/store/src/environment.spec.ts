import { describe, expect, it } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitAt, NO_PARENT, withDirectory } from '../testing/fixture.js';
import { commitAll } from '../testing/chain-store.contract.js';
import { openChainStore } from './chain-store.js';
import { openVoteJournal } from './vote-journal.js';

describe('store files', () => {
  it('lets the chain and the vote journal share a directory', () =>
    withDirectory(async (directory) => {
      const store = openChainStore(directory);
      const journal = openVoteJournal(directory);
      await commitAll(store, [commitAt(0, NO_PARENT)]);
      await Promise.all([store.close(), journal.close()]);
      expect(readdirSync(directory)).toEqual(expect.arrayContaining(['chain.mdb', 'votes.mdb']));
    }));

  it.each(['not LMDB '.repeat(2_000), 'x'])('refuses a file that is not a store, and lets go of the directory (%#)', (contents) =>
    withDirectory(async (directory) => {
      writeFileSync(join(directory, 'chain.mdb'), contents);
      expect(() => openChainStore(directory)).toThrow('STORE_DAMAGED');
      writeFileSync(join(directory, 'chain.mdb'), '');
      await openChainStore(directory).close();
    }));

  it('refuses a state key that LMDB cannot hold, and stores nothing of that block', () =>
    withDirectory(async (directory) => {
      const store = openChainStore(directory);
      const tooLong = commitAt(0, NO_PARENT, { changes: [{ key: `item/${'x'.repeat(2_000)}`, value: new Uint8Array(1) }] });
      expect(() => store.commit(tooLong, () => undefined)).toThrow(RangeError);
      expect(store.height).toBeUndefined();
      expect(store.block(0)).toBeUndefined();
      await commitAll(store, [commitAt(0, NO_PARENT)]);
      await store.close();
    }));
});
