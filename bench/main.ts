import { Command, InvalidArgumentError } from 'commander';
import { runIngest } from './ingest/run-ingest.js';
import { runQueryPlans } from './query-plans/run-query-plans.js';

const EXAMPLES = `Examples:
  npm run bench -- ingest
  npm run bench -- ingest --seconds 60 --connections 256
  npm run bench -- query-plans --events 100000
`;

const program = new Command('bench')
  .description('measures Lading; the last line is one JSON object')
  .addHelpText('before', EXAMPLES);
program
  .command('ingest')
  .description('entries per second and finality of a four-process network with four indexes')
  .option('--seconds <seconds>', 'how long to measure under load', wholeNumber, 20)
  .option('--connections <count>', 'HTTP connections, spread over the nodes', wholeNumber, 192)
  .option('--organizations <count>', 'nodes', wholeNumber, 4)
  .option('--data-dir <folder>', 'where to make the network’s temporary folder: its disk is measured too', '.')
  .action(runIngest);
program
  .command('query-plans')
  .description('times and plans of the main questions on an index with what `npm run seed` makes')
  .option('--events <count>', 'EPCIS events in the index', wholeNumber, 1_000_000)
  .option('--rng <seed>', 'seed of the generator', wholeNumber, 1)
  .option('--data-dir <folder>', 'where to make the temporary database', '.')
  .option('--database-url <url>', 'instead of a temporary one; filled when it is empty, else asked as it is')
  .action(runQueryPlans);
await program.parseAsync();

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a whole number above 0.');
}
