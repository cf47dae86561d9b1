import { openChainStore } from '#store';
import { commitAt, NO_PARENT } from './fixture.js';

// Child process of the crash tests: commits block after block and prints each height once it is durable.
const [directory = '', contentBytes = '20000'] = process.argv.slice(2);
const store = openChainStore(directory);
let height = store.height === undefined ? 0 : store.height + 1;
let parent: string = NO_PARENT;
for (let below = 0; below < height; below++) parent = commitAt(below, parent).commit.block.hash;

function commitNext(): void {
  const commit = commitAt(height, parent, {
    entries: 100,
    contentBytes: Number(contentBytes),
    changes: Array.from({ length: 50 }, (_, index) => ({ key: `item/${index}`, value: new TextEncoder().encode(`at ${commitHeight()}`) })),
  });
  const committed = height;
  store.commit(commit, () => process.stdout.write(`${committed}\n`));
  parent = commit.commit.block.hash;
  height++;
  // Two to three blocks on their way at any time, as in a node that catches up.
  setTimeout(commitNext, 1);
}

function commitHeight(): number {
  return height;
}

commitNext();
