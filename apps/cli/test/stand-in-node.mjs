// What the supervisor sees of a node: listens, says that it is ready, answers /readyz, ends with its parent.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const config = JSON.parse(readFileSync(process.argv[process.argv.indexOf('--config') + 1], 'utf8'));
if (config.did.includes('retailer') && process.env.STAND_IN_FAILS === '1') {
  console.error('The keystore cannot be opened: wrong passphrase.');
  process.exit(1);
}
const server = createServer((_, response) => response.writeHead(200).end('{}'));
server.listen(config.api.port, config.api.host, () => process.send({ type: 'ready', url: `http://${config.api.host}:${config.api.port}` }));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.env.STAND_IN_HANGS !== '1' && process.exit(0));
