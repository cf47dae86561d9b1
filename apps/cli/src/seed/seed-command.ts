import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { CliError, EXIT } from '../cli-error.js';
import type { Environment } from '../config/environment.js';
import { startDevelopmentNetwork } from '../dev/development-network.js';
import { DATA_DIR_DEFAULT, parseOrganizations, parsePortBase, PORT_BASE_DEFAULT, wholeNumber } from '../dev/flags.js';
import { layoutOf } from '../dev/layout.js';
import { readNetworkFile, type NetworkFile } from '../dev/network-file.js';
import { printData, say } from '../output.js';
import { generateSeed } from './generate-seed.js';
import { SeedRecorder } from './record-seed.js';

const EXAMPLES = `Examples:
  npm run seed -- --events 10000 --rng 1                       on the network that \`npm start\` runs
  npm run seed -- --events 1000000 --rng 1 --start --data-dir .large
`;
const EVENTS_MAX = 10_000_000;
const SEED_MAX = 1_000_000;
const PROGRESS_MS = 5_000;

interface SeedFlags {
  readonly events: number;
  readonly rng: number;
  readonly dataDir: string;
  readonly start?: true;
  readonly portBase: number;
  readonly organizations?: number;
  readonly databaseUrl?: string;
}

export function seedCommand(environment: Environment): Command {
  return new Command('seed')
    .description('record made-up supply chains, from raw material to customers, on a development network')
    .addHelpText('before', EXAMPLES)
    .addOption(
      new Option('--events <count>', 'EPCIS events to record; transfers come beside them')
        .argParser((text) => wholeNumber(text, 1, EVENTS_MAX))
        .default(10_000),
    )
    .addOption(
      new Option('--rng <seed>', 'the same seed and count give the same documents; record each seed once on a network')
        .argParser((text) => wholeNumber(text, 0, SEED_MAX))
        .default(1),
    )
    .option(
      '--data-dir <folder>',
      'data directory of the network (LADING_DATA_DIR)',
      environment.dataDir ?? DATA_DIR_DEFAULT,
    )
    .option('--start', 'start the network on that data directory, and stop it afterwards')
    .addOption(new Option('--port-base <port>', 'with --start').argParser(parsePortBase).default(PORT_BASE_DEFAULT))
    .addOption(new Option('--organizations <count>', 'with --start: 4 to 13').argParser(parseOrganizations))
    .option('--database-url <url>', 'with --start: an existing PostgreSQL instead of the embedded one')
    .action((flags: SeedFlags) => seed(flags));
}

async function seed(flags: SeedFlags): Promise<void> {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => abort.abort());
  if (flags.start === undefined) {
    await record(readNetworkFile(layoutOf(resolve(flags.dataDir)).network), flags, abort.signal);
    return;
  }
  const network = await startDevelopmentNetwork({
    ...flags,
    notify: (sentence) => say(`  ${sentence}`),
    signal: abort.signal,
  });
  try {
    await record(network.network, flags, abort.signal);
  } finally {
    await network.stop();
  }
}

async function record(network: NetworkFile, { events, rng }: SeedFlags, signal: AbortSignal): Promise<void> {
  const recorder = new SeedRecorder(network);
  const parties = await recorder.parties();
  const [first] = generateSeed({ events: 1, seed: rng, parties });
  if (first !== undefined && (await recorder.isRecorded(first))) {
    throw new CliError(`Seed ${rng} is on this network already.`, EXIT.conflict, 'Take another --rng.');
  }
  await recorder.registerProducts(parties);
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const tell = (): void => {
    const { events: done, entries, chains } = recorder.progress;
    say(
      `  ${done} of ${events} events in ${entries} entries, ${chains} chains; ${Math.round(done / seconds())} events/s`,
    );
  };
  const timer = setInterval(tell, PROGRESS_MS);
  try {
    await recorder.record(generateSeed({ events, seed: rng, parties }), signal);
  } finally {
    clearInterval(timer);
    tell();
  }
  if (signal.aborted) throw new CliError('Interrupted; what was recorded stays.', EXIT.interrupted);
  const { refused, ...done } = recorder.progress;
  const eventsPerSecond = Math.round(done.events / seconds());
  printData(JSON.stringify({ ...done, refused: refused.length, seconds: Math.round(seconds()), eventsPerSecond }));
  if (refused[0] !== undefined) throw new CliError(refused[0], EXIT.rejected);
}
