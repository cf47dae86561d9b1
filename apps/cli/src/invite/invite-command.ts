import { Command, InvalidArgumentError, Option } from 'commander';
import type { OrganizationRole } from '#identity';
import type { Environment } from '../config/environment.js';
import { wholeNumber } from '../dev/flags.js';
import { clientOf, withNode, type NodeFlags } from '../governance/node-flags.js';
import { printData, say } from '../output.js';

const EXAMPLES = `Examples:
  npx lading invite --name Grower                                 from the first organisation of \`npm start\`
  npx lading invite --name Grower --role member --role validator --api https://lading.maker.example --api-key-file api-key
`;

const ROLES: readonly OrganizationRole[] = ['member', 'validator', 'auditor'];
const HOURS_MAX = 8_760;

interface InviteFlags extends NodeFlags {
  readonly name: string;
  readonly role: readonly OrganizationRole[];
  readonly expiresAfterHours?: number;
  readonly publicUrl?: string;
  readonly json?: true;
}

interface NewInvitation {
  readonly id: string;
  readonly ticket: string;
  readonly expiresAt: string;
}

export function inviteCommand(environment: Environment): Command {
  return withNode(new Command('invite'), environment)
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
    .option('--public-url <url>', 'where the invited reaches the API of the inviting organisation, if elsewhere')
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

function addRole(text: string, earlier: readonly OrganizationRole[]): readonly OrganizationRole[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Give one of ${ROLES.join(', ')}.`);
  return [...earlier, role];
}
