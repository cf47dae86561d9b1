import { Command } from 'commander';
import type { Environment } from '../config/environment.js';
import { printData, say } from '../output.js';
import { rebuildIndex } from './rebuild-index.js';

const EXAMPLES = `Examples:
  npx lading dev stop 1
  npx lading reindex --config .lading/node-1/config.json
  npx lading dev start 1
`;

const TELL_EVERY_MS = 2_000;

export function reindexCommand(environment: Environment): Command {
  return new Command('reindex')
    .description('drop a stopped node’s index and build it again from its chain; its users and keys stay')
    .addHelpText('before', EXAMPLES)
    .requiredOption('--config <file>', 'the node’s configuration file')
    .option('--json', 'print JSON')
    .action((flags: { config: string; json?: true }) => reindex(flags, environment));
}

async function reindex(flags: { config: string; json?: true }, environment: Environment): Promise<void> {
  const startedAt = performance.now();
  let toldAt = startedAt;
  const { height, checksum } = await rebuildIndex({
    config: flags.config,
    databaseUrl: environment.databaseUrl,
    onProgress: (reached, head) => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      say(`  ${reached} of ${head} blocks …`);
    },
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (flags.json) printData(JSON.stringify({ height, checksum }));
  else printData(`  Height    ${height}\n  Checksum  ${checksum}\n  Rebuilt in ${seconds} s`);
}
