import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainOf, withDirectory } from '../testing/fixture.js';
import { commitAll, describeChainStore } from '../testing/chain-store.contract.js';
import { openChainStore } from './chain-store.js';

describeChainStore('LMDB', (body) =>
  withDirectory(async (directory) => {
    let store = openChainStore(directory);
    try {
      await body({
        store,
        async reopen() {
          await store.close();
          store = openChainStore(directory);
          return store;
        },
      });
    } finally {
      await store.close();
    }
  }),
);

describe('chain store on a damaged disk', () => {
  it('does not return a block of which one bit changed (INV-CHAIN-3)', () =>
    withDirectory(async (directory) => {
      const store = openChainStore(directory);
      await commitAll(store, chainOf(3, { contentBytes: 30_000 }));
      await store.close();

      const file = join(directory, 'chain.mdb');
      const bytes = readFileSync(file);
      const middleOfBlock1 = bytes.indexOf(Buffer.alloc(8_000, 1));
      bytes[middleOfBlock1 + 4_000] = 3;
      writeFileSync(file, bytes);

      const damaged = openChainStore(directory);
      expect(damaged.block(0)).toBeDefined();
      expect(damaged.block(2)).toBeDefined();
      expect(() => damaged.block(1)).toThrow('INV-CHAIN-3');
      await damaged.close();
    }));
});
