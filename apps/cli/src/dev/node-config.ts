import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { hashApiKey, type Identities } from './identities.js';
import { portsFrom, type Layout } from './layout.js';
import { writePrivateJson } from './private-file.js';

/** Where a node listens, or is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where the nodes of a network run. `k` counts organisations from 1. */
export interface Topology {
  /** Where node k listens for clients. */
  api(k: number): Endpoint;
  /** Where node k listens for the nodes of the others. */
  peer(k: number): Endpoint;
  /** Where the others reach node k. */
  peerSeenByOthers(k: number): Endpoint;
  databaseUrl(k: number): string;
  /** Holds the passphrase of the node's keystore files. */
  readonly passphraseFile: string;
}

/** All nodes on this machine, each port of its own. */
export function loopbackTopology(layout: Layout, portBase: number, databaseUrls: readonly string[]): Topology {
  const ports = portsFrom(portBase);
  const host = '127.0.0.1';
  return {
    api: (k) => ({ host, port: ports.api(k) }),
    peer: (k) => ({ host, port: ports.peer(k) }),
    peerSeenByOthers: (k) => ({ host, port: ports.peer(k) }),
    databaseUrl: (k) => databaseUrls[k - 1] as string,
    passphraseFile: layout.passphrase,
  };
}

/**
 * Writes every node's configuration file (docs/reference/api.md#configuration). Made anew at each start, so that ports and
 * database may change between starts; paths are relative, so that a data directory can be moved.
 */
export function writeNodeConfigs(layout: Layout, identities: Identities, topology: Topology): void {
  const numbered = identities.genesis.organizations.map(({ did }, index) => ({ did, k: index + 1 }));
  for (const { did, k } of numbered) {
    const node = layout.node(k);
    const seen = (path: string): string => relative(node.root, path);
    const others = numbered.filter((other) => other.k !== k);
    writePrivateJson(node.config, {
      did,
      genesis: seen(layout.genesis),
      dataDir: seen(node.store),
      api: topology.api(k),
      peer: topology.peer(k),
      peers: others.map((other) => ({ did: other.did, ...topology.peerSeenByOthers(other.k) })),
      databaseUrl: topology.databaseUrl(k),
      keys: {
        node: seen(node.nodeKey),
        sign: seen(node.signingKey),
        // Networks that are older than admin keys have none.
        ...(existsSync(node.adminKey) ? { admin: seen(node.adminKey) } : {}),
      },
      passphraseFile: seen(topology.passphraseFile),
      apiKeySha256: hashApiKey(identities.apiKeys[k - 1] as string),
      publicReads: false,
      // Commands and demonstrations act with the API key; a person’s passkey cannot be asked for there.
      access: { servicesMayGovern: true },
      // Receivers that are being developed run on the same machine.
      webhooks: { allowPrivateDestinations: true },
    });
  }
}
