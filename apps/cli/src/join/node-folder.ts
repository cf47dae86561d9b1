import { join } from 'node:path';
import type { KeyPurpose } from '#identity';

/** What lies where in the folder of a node that joined. */
export interface NodeFolder {
  readonly root: string;
  readonly genesis: string;
  readonly config: string;
  readonly apiKey: string;
  readonly chain: string;
  readonly log: string;
  /** What was asked for, so that a later start goes on. */
  readonly request: string;
  readonly databaseHome: string;
  readonly databaseLog: string;
  readonly databasePassword: string;
  /** Keystore file of a key; `next-root` is the one that the root key commits to. */
  key(purpose: KeyPurpose | 'next-root'): string;
}

export function nodeFolder(root: string): NodeFolder {
  return {
    root,
    genesis: join(root, 'genesis.json'),
    config: join(root, 'config.json'),
    apiKey: join(root, 'api-key'),
    chain: join(root, 'chain'),
    log: join(root, 'node.log'),
    request: join(root, 'join-request.json'),
    databaseHome: join(root, 'postgres'),
    databaseLog: join(root, 'postgres.log'),
    databasePassword: join(root, 'postgres-password'),
    key: (purpose) => join(root, 'keys', `${purpose}.json`),
  };
}
