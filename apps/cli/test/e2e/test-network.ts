import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevelopmentNetwork, type DevelopmentNetwork } from '../../src/dev/development-network.js';
import { Client } from './client.js';

export interface TestNetwork {
  readonly network: DevelopmentNetwork;
  /** One per organisation. */
  readonly clients: readonly Client[];
  remove(): Promise<void>;
}

/** The network of `npm start`, in a temporary directory and on free ports. Needs the built nodes (`npm run build`). */
export async function startTestNetwork(organizations = 4): Promise<TestNetwork> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lading-e2e-'));
  const network = await startDevelopmentNetwork({ dataDir, portBase: await freePortBase(), organizations });
  return {
    network,
    clients: Array.from({ length: organizations }, (_unused, index) => new Client(network, index + 1)),
    async remove() {
      await network.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The lower end of a stretch of ports of which the first is free; the supervisor checks the others. */
export async function freePortBase(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return Math.min(port, 65_000);
}
