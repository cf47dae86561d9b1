import { openChainStore } from '#store';

// Child process of the lock tests: holds the directory until it is killed.
const [directory = ''] = process.argv.slice(2);
const store = openChainStore(directory);
process.stdout.write(`open ${store.height ?? 'empty'}\n`);
setInterval(() => undefined, 1000);
