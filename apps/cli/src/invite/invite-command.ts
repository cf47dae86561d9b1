import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { OrganizationRole } from '#identity';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';
import { DATA_DIR_DEFAULT, wholeNumber } from '../dev/flags.js';
import { layoutOf } from '../dev/layout.js';
import { readNetworkFile } from '../dev/network-file.js';
import { ORGANIZATIONS_MAX } from '../dev/organizations.js';
import { ApiClient } from '../join/api-client.js';
import { printData, say } from '../output.js';

const EXAMPLES = `Examples:
  npx lading invite --name Grower                                 from the first organisation of \`npm start\`
  npx lading invite --name Grower --role member --role validator --api https://lading.maker.example --api-key-file api-key
`;

const ROLES: readonly OrganizationRole[] = ['member', 'validator', 'auditor'];
const HOURS_MAX = 8_760;

interface InviteFlags {
  readonly name: string;
  readonly role: readonly OrganizationRole[];
  readonly expiresAfterHours?: number;
  readonly api?: string;
  readonly apiKeyFile?: string;
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly as: number;
  readonly json?: true;
}

interface NewInvitation {
  readonly id: string;
  readonly ticket: string;
  readonly expiresAt: string;
}

export function inviteCommand(environment: Environment): Command {
  return new Command('invite')
    .description('make a ticket with which one organisation may ask to join the network')
    .addHelpText('before', EXAMPLES)
    .requiredOption('--name <name>', 'of the invited organisation')
    .addOption(
      new Option('--role <role>', 'what it is invited to be: member, validator, auditor; may be given again')
        .argParser(addRole)
        .default([] as readonly OrganizationRole[], 'member'),
    )
    .addOption(
      new Option('--expires-after-hours <hours>', 'how long the ticket is good; 168 when left out').argParser((text) =>
        wholeNumber(text, 1, HOURS_MAX),
      ),
    )
    .option('--api <url>', 'the API of the inviting organisation’s node')
    .option('--api-key-file <file>', 'file with its API key')
    .option('--public-url <url>', 'where the invited reaches that API, if elsewhere')
    .option(
      '--data-dir <folder>',
      'of a running development network, without --api',
      environment.dataDir ?? DATA_DIR_DEFAULT,
    )
    .addOption(
      new Option('--as <number>', 'which organisation of the development network invites')
        .argParser((text) => wholeNumber(text, 1, ORGANIZATIONS_MAX))
        .default(1),
    )
    .option('--json', 'print JSON')
    .action(invite);
}

async function invite(flags: InviteFlags): Promise<void> {
  const { name, role, expiresAfterHours, publicUrl } = flags;
  const invitation = await clientOf(flags).post<NewInvitation>('/api/v1/invitations', {
    name,
    ...(role.length === 0 ? {} : { roles: role }),
    ...(expiresAfterHours === undefined ? {} : { expiresAfterHours }),
    ...(publicUrl === undefined ? {} : { apiUrl: publicUrl }),
  });
  say(
    `For one use, until ${invitation.expiresAt}. Hand it to ${name} over a channel that you trust; on their machine:`,
  );
  say('  npx lading join <ticket> --did <their DID> --data-dir <folder>');
  printData(flags.json ? JSON.stringify(invitation) : invitation.ticket);
}

function clientOf({ api, apiKeyFile, dataDir, as }: InviteFlags): ApiClient {
  if (api === undefined) {
    const organization = readNetworkFile(layoutOf(resolve(dataDir)).network).organizations[as - 1];
    if (organization === undefined)
      throw new CliError(`There is no organisation ${as} in this network.`, EXIT.notFound);
    return new ApiClient(organization.api, organization.apiKey);
  }
  if (apiKeyFile === undefined) throw new CliError('The API asks for a key.', EXIT.usage, 'Give --api-key-file.');
  try {
    return new ApiClient(api.replace(/\/+$/, ''), readFileSync(apiKeyFile, 'utf8').trim());
  } catch {
    throw new CliError(`The key file ${apiKeyFile} cannot be read.`, EXIT.notFound);
  }
}

function addRole(text: string, earlier: readonly OrganizationRole[]): readonly OrganizationRole[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Give one of ${ROLES.join(', ')}.`);
  return [...earlier, role];
}
