import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT, messageOf } from '../cli-error.js';
import { formatTable, printData, say } from '../output.js';
import { askSupervisor } from './control.js';
import { ORGANIZATIONS_DEFAULT, startDevelopmentNetwork } from './development-network.js';
import { DATA_DIR_DEFAULT, parseOrganizations, parsePortBase, PORT_BASE_DEFAULT } from './flags.js';
import { layoutOf } from './layout.js';
import { prepareNetwork } from './prepare.js';
import { welcome } from './welcome.js';

/** Given to `dev` itself, and understood after the name of a subcommand as well. */
interface DevFlags {
  readonly dataDir: string;
  readonly portBase: number;
  readonly organizations?: number;
  readonly databaseUrl?: string;
  readonly json?: true;
}

interface PrepareFlags extends DevFlags {
  readonly host: string;
  readonly databasePasswordFile: string;
  readonly passphraseFile: string;
}

const EXAMPLES = `Examples:
  npm start                                  a network of four organisations in .lading
  npm start -- --organizations 7 --data-dir .seven --port-base 7500
  npx lading dev stop 2                      take down the node of the second organisation
  npx lading dev start 2                     … and bring it back
  npx lading dev status
`;

export function devCommand(environment: Environment): Command {
  const dev = new Command('dev')
    .description('run a development network on this machine: PostgreSQL and one node process per organisation')
    .addHelpText('before', EXAMPLES)
    .addOption(
      new Option('--data-dir <folder>', 'where the network keeps its keys and chains (LADING_DATA_DIR)').default(
        environment.dataDir ?? DATA_DIR_DEFAULT,
      ),
    )
    .addOption(
      new Option('--port-base <port>', 'organisation k has its API at port base + k (LADING_PORT_BASE)')
        .argParser(parsePortBase)
        .default(fromEnvironment('LADING_PORT_BASE', environment.portBase, parsePortBase) ?? PORT_BASE_DEFAULT),
    )
    .addOption(
      optional(
        new Option('--organizations <count>', '1 to 13; the first start makes 4 (LADING_ORGANIZATIONS)').argParser(
          parseOrganizations,
        ),
        fromEnvironment('LADING_ORGANIZATIONS', environment.organizations, parseOrganizations),
      ),
    )
    .addOption(
      optional(
        new Option('--database-url <url>', 'an existing PostgreSQL ≥ 15 instead of the embedded one (DATABASE_URL)'),
        environment.databaseUrl,
      ),
    )
    .option('--json', 'print JSON instead of tables')
    .action((flags: DevFlags) => runUntilStopped(flags));
  addSubcommands(dev);
  return dev;
}

function addSubcommands(dev: Command): void {
  const flagsOf = (command: Command): DevFlags => command.optsWithGlobals<DevFlags>();
  const subcommand = (name: string, description: string): Command =>
    dev.command(name).description(description).configureHelp({ showGlobalOptions: true });
  subcommand(
    'start <which>',
    'bring back the node of organisation 1, 2 … of the running network, or `database`',
  ).action((which: string, _: unknown, command: Command) => control(flagsOf(command), 'start', which));
  subcommand(
    'stop [which]',
    'stop the node of one organisation, or `database`; without a name, the whole network',
  ).action((which: string | undefined, _: unknown, command: Command) =>
    control(flagsOf(command), which === undefined ? 'stopAll' : 'stop', which),
  );
  subcommand('status', 'which nodes of the running network are up').action((_: unknown, command: Command) =>
    status(flagsOf(command)),
  );
  subcommand('prepare', 'make keys, genesis and configurations for nodes on hosts of their own, and start nothing')
    .requiredOption('--host <pattern>', 'host name of node {k}, for instance node-{k}')
    .requiredOption('--database-password-file <file>', 'password of the databases; {k} in --database-url is the node')
    .requiredOption('--passphrase-file <file>', 'passphrase of the keystore files')
    .action((_: unknown, command: Command) => prepare(command.optsWithGlobals<PrepareFlags>()));
}

async function runUntilStopped(flags: DevFlags): Promise<void> {
  const startedAt = performance.now();
  const abort = new AbortController();
  // Ctrl-C below npm arrives twice (from the terminal and from npm), so a second signal changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => abort.abort());
  // A defect in the supervisor must not leave nodes and database behind.
  process.on('uncaughtException', (error) => {
    say(`lading: ${error.stack ?? error.message}`);
    process.exitCode = EXIT.failed;
    abort.abort();
  });
  const network = await startDevelopmentNetwork({
    ...flags,
    notify: (sentence) => say(`  ${sentence}`),
    signal: abort.signal,
  });
  const stop = (): void => {
    say('  Stopping …');
    void network.stop();
  };
  if (abort.signal.aborted) stop();
  else abort.signal.addEventListener('abort', stop);
  if (flags.json) {
    const { networkId, organizations } = network.network;
    const withoutKeys = organizations.map(({ apiKey: _, ...shown }) => shown);
    printData(
      JSON.stringify({ networkId, organizations: withoutKeys, networkFile: layoutOf(network.dataDir).network }),
    );
  } else {
    printData(welcome(network.network, network.dataDir, performance.now() - startedAt));
  }
  await network.stopped;
  say('  Stopped.');
}

async function control(flags: DevFlags, action: 'start' | 'stop' | 'stopAll', which?: string): Promise<void> {
  say(await askSupervisor(controlFile(flags), action, which));
}

async function status(flags: DevFlags): Promise<void> {
  const text = await askSupervisor(controlFile(flags), 'status');
  if (flags.json) {
    printData(text);
    return;
  }
  const nodes = JSON.parse(text) as { number: number; name: string; api: string; pid: number; running: boolean }[];
  const rows = nodes.map(({ number, name, api, pid, running }) => [
    String(number),
    name,
    running ? `up, process ${pid}` : 'down',
    api,
  ]);
  printData(formatTable(['#', 'Name', 'State', 'API'], rows));
}

async function prepare(flags: PrepareFlags): Promise<void> {
  if (flags.databaseUrl === undefined) throw new CliError('--database-url is missing.', EXIT.usage);
  const { databaseUrl, organizations = ORGANIZATIONS_DEFAULT } = flags;
  printData(await prepareNetwork({ ...flags, databaseUrl, organizations }));
}

function controlFile(flags: DevFlags): string {
  return layoutOf(resolve(flags.dataDir)).control;
}

function optional(option: Option, value: unknown): Option {
  return value === undefined ? option : option.default(value);
}

/** @throws CliError (usage) that names the variable that holds a bad value */
function fromEnvironment<T>(name: string, text: string | undefined, parse: (text: string) => T): T | undefined {
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (error) {
    throw new CliError(`${name} is "${text}". ${messageOf(error)}`, EXIT.usage);
  }
}
