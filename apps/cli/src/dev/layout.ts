import { join } from 'node:path';

/** Ports of a development network, from one base (docs/operations/development-network.md, "Ports"). */
export interface Ports {
  /** Organisation k = 1..13 has its API at base + k. */
  api(k: number): number;
  /** … and listens for the nodes of the others at base + 20 + k. */
  peer(k: number): number;
  /** The embedded PostgreSQL. */
  readonly database: number;
}

export const PORT_BASE_MAX = 65_535 - 40;

export function portsFrom(base: number): Ports {
  return { api: (k) => base + k, peer: (k) => base + 20 + k, database: base + 40 };
}

/** What lies where in a data directory. `k` counts organisations from 1. */
export interface Layout {
  readonly root: string;
  readonly lock: string;
  readonly control: string;
  readonly network: string;
  readonly genesis: string;
  readonly passphrase: string;
  readonly databasePassword: string;
  readonly databaseHome: string;
  readonly databaseLog: string;
  node(k: number): NodeLayout;
}

export interface NodeLayout {
  readonly root: string;
  readonly config: string;
  readonly apiKey: string;
  readonly log: string;
  /** The chain store. */
  readonly store: string;
  /** Where the node writes the link for its first admin, while there is none. */
  readonly firstAdminLink: string;
  readonly nodeKey: string;
  readonly signingKey: string;
  readonly adminKey: string;
  /** In a real network neither of these two lies on the node. */
  readonly rootKey: string;
  readonly nextRootKey: string;
}

export function layoutOf(root: string): Layout {
  return {
    root,
    lock: join(root, 'lock.json'),
    control: join(root, 'control.json'),
    network: join(root, 'network.json'),
    genesis: join(root, 'genesis.json'),
    passphrase: join(root, 'passphrase'),
    databasePassword: join(root, 'postgres-password'),
    databaseHome: join(root, 'postgres'),
    databaseLog: join(root, 'postgres.log'),
    node(k) {
      const node = join(root, `node-${k}`);
      return {
        root: node,
        config: join(node, 'config.json'),
        apiKey: join(node, 'api-key'),
        log: join(node, 'node.log'),
        store: join(node, 'chain'),
        firstAdminLink: join(node, 'chain', 'first-admin-link'),
        nodeKey: join(node, 'keys', 'node.json'),
        signingKey: join(node, 'keys', 'sign.json'),
        adminKey: join(node, 'keys', 'admin.json'),
        rootKey: join(node, 'keys', 'root.json'),
        nextRootKey: join(node, 'keys', 'root-next.json'),
      };
    },
  };
}
