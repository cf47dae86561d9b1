import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError, EXIT } from '../cli-error.js';
import { createIdentities, readIdentities } from './identities.js';
import { layoutOf } from './layout.js';
import { writeNodeConfigs, type Topology } from './node-config.js';

/** Inside its own container every node has the same ports. */
const API_PORT = 7400;
const PEER_PORT = 7420;

export interface PrepareOptions {
  readonly dataDir: string;
  readonly organizations: number;
  /** Host name of node k, `{k}` standing for its number. */
  readonly host: string;
  /** PostgreSQL URL of node k without a password, `{k}` standing for its number. */
  readonly databaseUrl: string;
  readonly databasePasswordFile: string;
  readonly passphraseFile: string;
}

/**
 * Makes keys, genesis and configurations of a network whose nodes run elsewhere, each on a host of its own (for instance the
 * containers of docker-compose.yml). Keys and genesis that are there already are kept.
 * @returns the network id
 */
export async function prepareNetwork(options: PrepareOptions): Promise<string> {
  const layout = layoutOf(resolve(options.dataDir));
  const password = readSecret(options.databasePasswordFile);
  const numbered = (pattern: string, k: number): string => pattern.replaceAll('{k}', String(k));
  const topology: Topology = {
    api: () => ({ host: '0.0.0.0', port: API_PORT }),
    peer: () => ({ host: '0.0.0.0', port: PEER_PORT }),
    peerSeenByOthers: (k) => ({ host: numbered(options.host, k), port: PEER_PORT }),
    databaseUrl: (k) => {
      const url = new URL(numbered(options.databaseUrl, k));
      url.password = password;
      return url.href;
    },
    passphraseFile: resolve(options.passphraseFile),
  };
  const identities =
    readIdentities(layout) ??
    (await createIdentities(layout, options.organizations, Date.now(), readSecret(options.passphraseFile)));
  writeNodeConfigs(layout, identities, topology);
  return identities.genesis.networkId;
}

function readSecret(path: string): string {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (text !== '') return text;
  throw new CliError(
    `The secret file ${path} is missing or empty.`,
    EXIT.usage,
    'docs/operations/production.md says how to make it.',
  );
}
