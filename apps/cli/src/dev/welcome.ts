import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { formatTable } from '../output.js';
import { DATA_DIR_DEFAULT } from './flags.js';
import { layoutOf } from './layout.js';
import type { NetworkFile } from './network-file.js';

/** What `lading dev` prints when the network is up. */
export function welcome(network: NetworkFile, dataDir: string, startMs: number): string {
  const rows = network.organizations.map(({ name, roles, api }, index) => [
    String(index + 1),
    name,
    roles.join(', '),
    api,
  ]);
  const first = network.organizations[0]?.api ?? '';
  const keyFile = short(layoutOf(dataDir).node(1).apiKey);
  const folder = short(dataDir);
  const flag = dataDirFlag(dataDir);
  return [
    '',
    `  Lading is up in ${(startMs / 1000).toFixed(1)} s: ${rows.length} organisations, network ${network.networkId.slice(0, 8)}`,
    '',
    formatTable(['#', 'Name', 'Role', 'API'], rows),
    '',
    `  Try      curl -H "Authorization: Bearer $(cat ${keyFile})" ${first}/api/v1/network`,
    ...signInLines(dataDir),
    `  Story    npm run demo${flag && ` --${flag}`}`,
    `  Docs     ${first}/docs`,
    `  Faults   npx lading dev stop 2${flag}   then   npx lading dev start 2${flag}`,
    `  Stop     Ctrl-C; the chain stays in ${folder}`,
    '',
    '  NOT FOR PRODUCTION: the keys’ passphrase lies beside them, and HTTP is without TLS.',
    '',
  ].join('\n');
}

/** The link for the first admin of the first organisation, while nobody has used it; those of the others lie beside their chains. */
function signInLines(dataDir: string): string[] {
  const path = layoutOf(dataDir).node(1).firstAdminLink;
  return existsSync(path)
    ? [`  Sign in  ${readFileSync(path, 'utf8').trim()}   (once: makes you the first admin)`]
    : [];
}

/** What a command needs after its name to mean this network: nothing for the default folder. */
export function dataDirFlag(dataDir: string): string {
  const folder = short(dataDir);
  return folder === DATA_DIR_DEFAULT ? '' : ` --data-dir ${folder}`;
}

/** As one would type it: relative for what lies below the working directory. */
function short(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere || '.';
}
