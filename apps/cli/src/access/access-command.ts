import { Command } from 'commander';
import { newEnrolmentLink } from '#index';
import { CliError, EXIT } from '../cli-error.js';
import type { Environment } from '../config/environment.js';
import { printData } from '../output.js';
import { AT_THE_MACHINE, withAccessRecords } from './access-records.js';

const EXAMPLES = `Examples:
  npx lading access first-admin --config node.json             a new link; the one before ends
  npx lading access first-admin --config node.json --another   when no admin can sign in any more
  npx lading access verify --config node.json                  whether the audit log is intact
`;

const LIFETIME_MS = 24 * 3_600_000;

interface Flags {
  readonly config: string;
  readonly json?: true;
}

/** What the operator does at the machine, with the node's configuration and its database; the node may run meanwhile. */
export function accessCommand(environment: Environment): Command {
  const command = new Command('access')
    .description('who may use a node: the link for its first admin, its audit log')
    .addHelpText('before', EXAMPLES);
  const subcommand = (name: string, description: string): Command =>
    command
      .command(name)
      .description(description)
      .requiredOption('--config <file>', 'the node’s configuration file')
      .option('--json', 'print JSON');
  subcommand('first-admin', 'print a link by which the first admin enrols: once, within 24 hours')
    .option('--another', 'also while there is an active admin')
    .action((flags: Flags & { another?: true }) => firstAdmin(flags, environment));
  subcommand('verify', 'compute the hashes of the audit log anew; code 5 when something was changed')
    .option('--head <seq:hash>', 'a head that was noted earlier: also finds what was cut off since')
    .action((flags: Flags & { head?: string }) => verify(flags, environment));
  return command;
}

async function firstAdmin(flags: Flags & { another?: true }, environment: Environment): Promise<void> {
  await withAccessRecords(flags.config, environment, async (records, origin) => {
    const { link, url } = newEnrolmentLink(origin, LIFETIME_MS);
    const isMade = await records.links.firstAdmin(AT_THE_MACHINE, link, {
      replace: true,
      evenWithAdmin: flags.another === true,
    });
    if (!isMade)
      throw new CliError(
        'This organisation has an active admin, who can invite others.',
        EXIT.conflict,
        'When no admin can sign in any more, add --another.',
      );
    printData(flags.json ? JSON.stringify({ url }) : url);
  });
}

async function verify(flags: Flags & { head?: string }, environment: Environment): Promise<void> {
  const noted = headOf(flags.head);
  await withAccessRecords(flags.config, environment, async (records) => {
    const outcome = await records.audit.verify(noted);
    const { isIntact, count, headSeq, headHash, brokenAt } = outcome;
    if (flags.json) printData(JSON.stringify(outcome));
    else if (isIntact) printData(`  ${count} events, intact\n  Head  ${headSeq}:${headHash}`);
    if (!isIntact)
      throw new CliError(`The audit log was changed: event ${brokenAt} does not fit.`, EXIT.verificationFailed);
  });
}

function headOf(text: string | undefined): { readonly seq: number; readonly hash: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match === null)
    throw new CliError('--head is not <seq>:<hash>.', EXIT.usage, 'Take it from an earlier `access verify`.');
  return { seq: Number(match[1]), hash: match[2] as string };
}
