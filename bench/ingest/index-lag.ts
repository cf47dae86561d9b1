import type { RunningOrganization } from '../../apps/cli/src/dev/network-file.js';
import { networkOf, read } from './node-api.js';
import { percentile } from './percentile.js';

const SAMPLE_EVERY_MS = 250;

/** Watches how long after a block is final the reads of the same node know of it. */
export interface IndexLagWatch {
  /** @returns 99th percentile of the samples, milliseconds */
  end(): Promise<number>;
}

export function watchIndexLag(nodes: readonly RunningOrganization[]): IndexLagWatch {
  const samples: number[] = [];
  let watching = true;
  const watch = async (): Promise<void> => {
    for (let turn = 0; watching; turn++) {
      const node = nodes[turn % nodes.length] as RunningOrganization;
      const { height } = await networkOf(node);
      const startedAt = performance.now();
      // Waits for the index; a node that gives up after its bound counts with that time.
      await read(node, `/api/v1/blocks?limit=1&minHeight=${height}`).catch(() => undefined);
      samples.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
    }
  };
  const running = watch();
  // Told by `end`; nobody may ask when the measurement is broken off.
  running.catch(() => undefined);
  return {
    async end() {
      watching = false;
      await running;
      return percentile(samples, 0.99);
    },
  };
}

/** Waits until all nodes have the same head and their indexes have reached it. @returns that height */
export async function settle(nodes: readonly RunningOrganization[], timeoutMs: number): Promise<number> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answers = await Promise.all(nodes.map(networkOf));
    const height = answers[0]?.height ?? 0;
    const same = answers.every(
      (answer) => answer.headHash === answers[0]?.headHash && answer.stateRoot === answers[0]?.stateRoot,
    );
    if (same && answers.every(({ indexHeight }) => indexHeight === height)) return height;
    if (performance.now() > deadline) throw new Error(`the nodes did not come to rest: ${JSON.stringify(answers)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
