import { commandLine, waitForExit } from './process-identity.js';
import type { Layout } from './layout.js';
import { readNetworkFile } from './network-file.js';

/** A node whose supervisor was killed ends itself within moments; what is still there after this time is killed. */
const GRACE_MS = 3_000;

/** Makes sure that no node of an earlier, killed supervisor still holds this data directory's chain stores and ports. */
export async function endOrphanedNodes(layout: Layout): Promise<void> {
  let pids: number[];
  try {
    pids = readNetworkFile(layout.network).organizations.map(({ pid }) => pid);
  } catch {
    return; // Stopped in order: the file is gone.
  }
  await Promise.all(
    pids.map(async (pid, index) => {
      if (commandLine(pid)?.includes(layout.node(index + 1).config) !== true) return;
      if (await waitForExit(pid, GRACE_MS)) return;
      process.kill(pid, 'SIGKILL');
      await waitForExit(pid, GRACE_MS);
    }),
  );
}
