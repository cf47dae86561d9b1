import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDid, type Did, type InvitationTicket } from '#identity';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT, explainSystemError } from '../cli-error.js';
import { readPassphrase } from '../keys/passphrase.js';
import { printData, say } from '../output.js';
import { awaitAdmission, fileRequest, filedRequest, wordsOf, type Profile } from './file-request.js';
import { newcomerKeys } from './newcomer-keys.js';
import { writeNewcomerConfig, type Endpoint } from './newcomer-config.js';
import { nodeFolder, type NodeFolder } from './node-folder.js';
import { databaseUrlFor, openNodeDatabase, type NodeDatabase } from './node-database.js';
import { openTicket, previewTicket } from './preview-ticket.js';
import { awaitSync, confirmInviter, startJoinedNode } from './run-node.js';

const EXAMPLES = `Examples:
  npx lading join lading-invite:… --did did:web:grower.example --data-dir grower
  npx lading join --data-dir grower                         goes on, or starts the node again
  npx lading join lading-invite:… --did did:web:grower.example --peer 0.0.0.0:7420 \\
      --node-address node.grower.example:7420 --database-url postgres://lading@db.internal/lading
`;

interface JoinFlags {
  readonly dataDir: string;
  readonly did?: Did;
  readonly name?: string;
  readonly gs1Prefix: readonly string[];
  readonly gln?: string;
  readonly contact?: string;
  readonly api: Endpoint;
  readonly peer: Endpoint;
  readonly nodeAddress?: string;
  readonly databaseUrl?: string;
  readonly databasePort: number;
  readonly passphraseFile?: string;
  readonly input: boolean;
  readonly start: boolean;
  readonly json?: true;
}

export function joinCommand(environment: Environment): Command {
  return new Command('join')
    .description(
      'join a network with an invitation ticket: makes keys, asks to be admitted, waits for the votes, runs the node',
    )
    .addHelpText('before', EXAMPLES)
    .argument('[ticket]', 'lading-invite:…; may be left out once the request is filed')
    .requiredOption('--data-dir <folder>', 'folder of the new node: keys, configuration, chain')
    .addOption(new Option('--did <did>', 'of the organisation that joins').argParser(parseDidFlag))
    .option('--name <name>', 'of the organisation; as the ticket says when left out')
    .option('--gs1-prefix <digits>', 'GS1 company prefix; may be given again', collect, [])
    .option('--gln <digits>', 'global location number of the organisation')
    .option('--contact <text>', 'whom the others may ask, for people')
    .addOption(
      new Option('--api <host:port>', 'where the node listens for clients')
        .argParser(parseEndpoint)
        .default({ host: '127.0.0.1', port: 7400 }, '127.0.0.1:7400'),
    )
    .addOption(
      new Option('--peer <host:port>', 'where the node listens for other nodes')
        .argParser(parseEndpoint)
        .default({ host: '0.0.0.0', port: 7420 }, '0.0.0.0:7420'),
    )
    .option('--node-address <host:port>', 'where other nodes reach it; stands on the ledger')
    .option(
      '--database-url <url>',
      'an existing PostgreSQL ≥ 15 instead of an embedded one (DATABASE_URL)',
      environment.databaseUrl,
    )
    .addOption(new Option('--database-port <port>', 'of the embedded PostgreSQL').argParser(parsePort).default(7440))
    .option(
      '--passphrase-file <file>',
      'file with the passphrase of the keys; otherwise LADING_PASSPHRASE, otherwise asked for',
    )
    .option('--no-input', 'never ask')
    .option('--no-start', 'do not start the node when it is admitted')
    .option('--json', 'print JSON')
    .action((ticket: string | undefined, flags: JoinFlags) => join(ticket, flags, environment));
}

async function join(given: string | undefined, flags: JoinFlags, environment: Environment): Promise<void> {
  const folder = nodeFolder(resolve(flags.dataDir));
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const filed = filedRequest(folder);
  const text = given ?? filed?.ticket;
  if (text === undefined)
    throw new CliError('No ticket is given, and no request was filed from this folder.', EXIT.usage);
  let database: NodeDatabase | undefined;
  try {
    const passphrase = await readPassphrase(flags, environment, filed === undefined);
    const id = filed?.id ?? (await apply(text, folder, flags, passphrase));
    const ticket = openTicket(text);
    await awaitAdmission(ticket, id, say, stopping.signal);
    say('Admitted.');
    if (!flags.start) return;
    database = await openNodeDatabase(folder);
    await run(folder, ticket, passphrase, stopping.signal);
  } catch (error) {
    throw explainSystemError(error, folder.root);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await database?.stop();
  }
}

/** From the ticket to the filed request. @returns its id */
async function apply(text: string, folder: NodeFolder, flags: JoinFlags, passphrase: string): Promise<string> {
  const { did } = flags;
  if (did === undefined) throw new CliError('The DID of the organisation is needed.', EXIT.usage, 'Give --did.');
  const { ticket, genesis } = await previewTicket(text, Date.now());
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  if (!existsSync(folder.genesis)) writeFileSync(folder.genesis, genesis, { mode: 0o600 });
  say(`${ticket.inviter} invites ${ticket.name} to network ${ticket.networkId}.`);
  say('Making keys …');
  const keys = await newcomerKeys(folder, passphrase, { networkId: ticket.networkId, did });
  const { api, peer } = flags;
  const databaseUrl = databaseUrlFor(folder, flags);
  const passphraseFile = flags.passphraseFile === undefined ? undefined : resolve(flags.passphraseFile);
  writeNewcomerConfig(folder, { did, api, peer, databaseUrl, passphraseFile }, ticket);
  tellWords(wordsOf(ticket, did, keys), ticket);
  const request = await fileRequest(folder, { ticketText: text, ticket, profile: profileOf(did, flags, ticket), keys });
  if (flags.json) printData(JSON.stringify({ id: request.id, words: request.words, config: folder.config }));
  say(
    `Keep ${folder.key('root')} and ${folder.key('next-root')} where nobody but you gets at them, away from this machine.`,
  );
  return request.id;
}

function tellWords(words: readonly string[], { inviter }: InvitationTicket): void {
  say(`\n  Compare these six words with ${inviter} by telephone:\n\n      ${words.join('  ')}\n`);
}

function profileOf(did: Did, flags: JoinFlags, ticket: InvitationTicket): Profile {
  const { gs1Prefix, gln, contact, peer } = flags;
  // A wildcard is where this machine listens, not where others reach it.
  const isReachable = peer.host !== '0.0.0.0' && peer.host !== '::';
  const nodeAddress = flags.nodeAddress ?? (isReachable ? `${peer.host}:${peer.port}` : undefined);
  return {
    did,
    name: flags.name ?? ticket.name,
    gs1CompanyPrefixes: gs1Prefix,
    ...(gln === undefined ? {} : { gln }),
    ...(contact === undefined ? {} : { contact }),
    ...(nodeAddress === undefined ? {} : { nodeAddress }),
  };
}

/** Runs until it is told to stop, or ends by itself. */
async function run(
  folder: NodeFolder,
  ticket: InvitationTicket,
  passphrase: string,
  signal: AbortSignal,
): Promise<void> {
  const { process: node, api } = await startJoinedNode(folder, passphrase);
  const ended = node.ended.then(({ reason }) => {
    if (!signal.aborted) throw new CliError(`The node ended: ${reason}`, EXIT.failed, `Its log is ${folder.log}.`);
  });
  const running = (async () => {
    say(`The node runs at ${api.url}; its log is ${folder.log}.`);
    const height = await awaitSync(api, say, signal);
    if (height === undefined) return;
    await confirmInviter(api, ticket);
    say(
      `In sync at block ${height}. Ctrl-C stops the node; \`npx lading join --data-dir ${folder.root}\` starts it again.`,
    );
    await new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())));
  })();
  try {
    await Promise.race([running, ended]);
  } finally {
    node.kill('SIGTERM');
    await node.ended;
    await ended.catch(() => undefined);
  }
}

function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function parseDidFlag(text: string): Did {
  const did = parseDid(text);
  if (!did.ok) throw new InvalidArgumentError(did.detail);
  return did.value;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a port from 1 to 65535.');
}

function parseEndpoint(text: string): Endpoint {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || port === undefined) throw new InvalidArgumentError('Give host:port.');
  return { host, port: parsePort(port) };
}
