import { randomInt } from 'node:crypto';
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

/** Of APIs, peers and database of a test network. */
const PORTS = 40;
/** Below the ports that the system gives to whoever asks for any: those come and go while other tests run. */
const PORT_MIN = 20_000;
const PORT_MAX = 32_000;

/** The lower end of a stretch of free ports, another one each time, so that test files can run side by side. */
export async function freePortBase(): Promise<number> {
  for (;;) {
    const base = randomInt(PORT_MIN, PORT_MAX - PORTS);
    const areFree = await Promise.all(Array.from({ length: PORTS }, (_unused, index) => isFree(base + index)));
    if (!areFree.includes(false)) return base;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (isListening) await new Promise((resolve) => server.close(resolve));
  return isListening;
}
