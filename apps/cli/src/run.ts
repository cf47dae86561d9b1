import { Command, CommanderError } from 'commander';
import { accessCommand } from './access/access-command.js';
import { CliError, EXIT } from './cli-error.js';
import { readEnvironment } from './config/environment.js';
import { demoCommand } from './demo/demo-command.js';
import { devCommand } from './dev/dev-command.js';
import { genesisCommand } from './genesis/genesis-command.js';
import { proposalCommands } from './governance/proposal-commands.js';
import { admitCommand } from './invite/admit-command.js';
import { inviteCommand } from './invite/invite-command.js';
import { joinCommand } from './join/join-command.js';
import { keysCommand } from './keys/keys-command.js';
import { say } from './output.js';
import { reindexCommand } from './reindex/reindex-command.js';
import { replaceNodeKeyCommand } from './replace-node-key/replace-node-key-command.js';
import { seedCommand } from './seed/seed-command.js';

const EXAMPLES = `Examples:
  npm start                          a development network of four organisations
  npx lading dev status              which of its nodes are up
  npx lading keys new node.json --purpose node
  npx lading invite --name Grower    a ticket with which another organisation can join
  npx lading proposals --state open  what waits for a ballot
  npx lading reindex --config node.json
`;

/**
 * Runs one command.
 * @param args - the arguments after the program's name
 * @returns the exit code; every failure has been told in one sentence on stderr
 */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await program().parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error);
  }
}

function program(): Command {
  const environment = readEnvironment();
  const root = new Command('lading')
    .description('A permissioned ledger for supply-chain traceability.')
    .addHelpText('before', EXAMPLES)
    .addHelpText(
      'after',
      '\nExit codes: 0 ok, 1 failed, 2 usage, 3 not found, 4 refused, 5 verification failed, 6 unreachable, 7 conflict, 130 interrupted.',
    )
    .addCommand(devCommand(environment))
    .addCommand(demoCommand(environment))
    .addCommand(seedCommand(environment))
    .addCommand(keysCommand(environment))
    .addCommand(genesisCommand())
    .addCommand(inviteCommand(environment))
    .addCommand(admitCommand(environment))
    .addCommand(joinCommand(environment))
    .addCommand(replaceNodeKeyCommand(environment))
    .addCommand(accessCommand(environment))
    .addCommand(reindexCommand(environment));
  for (const command of proposalCommands(environment)) root.addCommand(command);
  throwInsteadOfExit(root);
  return root;
}

/** commander would end the process itself; its own words for usage errors stay. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

function report(error: unknown): number {
  // commander has already said what was wrong; --help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CliError) {
    say(`lading: ${error.message}${error.next === undefined ? '' : ` ${error.next}`}`);
    return error.exitCode;
  }
  say(`lading: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}
