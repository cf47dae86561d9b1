import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { PROPOSAL_BLOCKS_MAX, type BallotChoice, type Did } from '#identity';
import { ballot, proposalOpening, proposalWithdrawal, type EntryDraft, type ProposalActionInput } from '#trace';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';
import { wholeNumber } from '../dev/flags.js';
import type { ApiClient } from '../join/api-client.js';
import { readPassphrase, type PassphraseSource } from '../keys/passphrase.js';
import { formatTable, printData, say } from '../output.js';
import { clientOf, withNode, type NodeFlags } from './node-flags.js';
import { showProposal, showSimulation, type ShownProposal, type ShownSimulation } from './show-proposal.js';
import { openKey, submitSigned, type EntryAnswer, type NetworkAnswer } from './sign-here.js';

const EXAMPLES = `Examples:
  npx lading propose remove-validator did:web:retailer.example --simulate
  npx lading propose remove-validator did:web:retailer.example --reason "its machine burned"
  npx lading proposals --state open
  npx lading vote 5f3a90c1 yes --as 2
  npx lading vote 5f3a90c1 yes --key admin.json --api https://lading.maker.example --api-key-file api-key
`;

const ACTIONS: Readonly<Record<string, (did: Did) => ProposalActionInput>> = {
  suspend: (did) => ({ kind: 'organization.suspend', did }),
  readmit: (did) => ({ kind: 'organization.readmit', did }),
  remove: (did) => ({ kind: 'organization.remove', did }),
  'add-validator': (did) => ({ kind: 'validators.change', change: 'add', did }),
  'remove-validator': (did) => ({ kind: 'validators.change', change: 'remove', did }),
};
const EXPIRES_AFTER_BLOCKS = 10_000;
const ID_PREFIX_MIN = 4;

interface ActFlags extends NodeFlags, PassphraseSource {
  readonly reason?: string;
  readonly key?: string;
  readonly json?: true;
}

/** `proposals`, `propose`, `vote`, `withdraw`. */
export function proposalCommands(environment: Environment): Command[] {
  const proposals = withNode(new Command('proposals'), environment)
    .description('what the organisations decide, or one proposal in full')
    .argument('[id]', 'of one; its first characters are enough')
    .option('--state <state>', 'open, passed, rejected, withdrawn, expired, failed, effective')
    .option('--json', 'print JSON')
    .addHelpText('before', EXAMPLES)
    .action(listProposals);
  const propose = acting(new Command('propose'), environment)
    .description('propose a change of the network; of a validator that is its yes')
    .addArgument(new Argument('<action>', 'what is to change').choices(Object.keys(ACTIONS)))
    .argument('<did>', 'the organisation that it is about')
    .addOption(
      new Option('--expires-after-blocks <blocks>', 'for how many blocks ballots are taken')
        .argParser((text) => wholeNumber(text, 1, PROPOSAL_BLOCKS_MAX))
        .default(EXPIRES_AFTER_BLOCKS),
    )
    .option('--simulate', 'only say what it would do')
    .addHelpText('before', EXAMPLES)
    .action((action: string, did: string, flags: ActFlags & { expiresAfterBlocks: number; simulate?: true }) =>
      openProposal(ACTIONS[action]?.(did as Did) as ProposalActionInput, flags, environment),
    );
  const vote = acting(new Command('vote'), environment)
    .description('cast this organisation’s ballot')
    .argument('<id>', 'of the proposal; its first characters are enough')
    .argument('<choice>', 'yes or no', choiceOf)
    .action(async (id: string, choice: BallotChoice, flags: ActFlags) => {
      const { client, proposal } = await findProposal(id, flags);
      const draft = ballot({ proposal: proposal.id, choice, reason: flags.reason });
      const path = `/api/v1/proposals/${proposal.id}/votes`;
      await act(client, { draft, path, body: { choice, ...reasonOf(flags) } }, flags, environment);
    });
  const withdraw = acting(new Command('withdraw'), environment)
    .description('take an open proposal of this organisation back')
    .argument('<id>', 'of the proposal; its first characters are enough')
    .action(async (id: string, flags: ActFlags) => {
      const { client, proposal } = await findProposal(id, flags);
      const draft = proposalWithdrawal({ proposal: proposal.id, reason: flags.reason });
      const path = `/api/v1/proposals/${proposal.id}/withdraw`;
      await act(client, { draft, path, body: reasonOf(flags) }, flags, environment);
    });
  return [proposals, propose, vote, withdraw];
}

function acting(command: Command, environment: Environment): Command {
  return withNode(command, environment)
    .option('--reason <text>', 'why, for people')
    .option('--key <file>', 'sign here with this admin key, where the node holds none')
    .option('--passphrase-file <file>', 'of that key; otherwise LADING_PASSPHRASE, otherwise asked for')
    .option('--no-input', 'never ask')
    .option('--json', 'print JSON');
}

async function listProposals(
  id: string | undefined,
  flags: NodeFlags & { state?: string; json?: true },
): Promise<void> {
  if (id !== undefined) {
    const { proposal } = await findProposal(id, flags);
    printData(flags.json ? JSON.stringify(proposal) : showProposal(proposal));
    return;
  }
  const state = flags.state === undefined ? '' : `&state=${encodeURIComponent(flags.state)}`;
  const { items } = await clientOf(flags).get<{ items: readonly ShownProposal[] }>(
    `/api/v1/proposals?limit=200${state}`,
  );
  if (flags.json) printData(JSON.stringify(items));
  else if (items.length === 0) say('There are no such proposals.');
  else {
    const rows = items.map(({ id: each, state: standing, tally, sentence }) => [
      each.slice(0, 8),
      standing,
      `${tally.yes} of ${tally.needed}`,
      sentence,
    ]);
    printData(formatTable(['Id', 'State', 'Yes', 'What'], rows));
  }
}

async function openProposal(
  action: ProposalActionInput,
  flags: ActFlags & { readonly expiresAfterBlocks: number; readonly simulate?: true },
  environment: Environment,
): Promise<void> {
  const client = clientOf(flags);
  if (flags.simulate) {
    const simulation = await client.post<ShownSimulation>('/api/v1/proposals/simulate', { action });
    printData(flags.json ? JSON.stringify(simulation) : showSimulation(simulation));
    return;
  }
  const { reason, expiresAfterBlocks } = flags;
  const { height } = await client.get<NetworkAnswer>('/api/v1/network');
  const draft = proposalOpening({ action, reason, expiresAt: height + expiresAfterBlocks });
  const body = { action, expiresAfterBlocks, ...reasonOf(flags) };
  await act(client, { draft, path: '/api/v1/proposals', body }, flags, environment);
}

/** The node signs with the admin key that it holds; with `--key` this machine does. */
async function act(
  client: ApiClient,
  { draft, path, body }: { readonly draft: EntryDraft; readonly path: string; readonly body: object },
  flags: ActFlags,
  environment: Environment,
): Promise<void> {
  const answer =
    flags.key === undefined ? await client.post<EntryAnswer>(path, body) : await signed(client, flags.key, draft);
  printData(flags.json ? JSON.stringify(answer) : resultOf(answer));

  async function signed(node: ApiClient, file: string, entry: EntryDraft): Promise<EntryAnswer> {
    const key = await openKey(file, 'admin', await readPassphrase(flags, environment, false));
    const network = await node.get<NetworkAnswer>('/api/v1/network');
    return submitSigned(node, { key, issuer: network.self, network }, entry);
  }
}

function resultOf({ entryId, status, height, state, tally }: EntryAnswer & Partial<ShownProposal>): string {
  const standing =
    state === undefined || tally === undefined ? '' : `: ${state}, ${tally.yes} yes of ${tally.needed} needed`;
  return `${entryId} ${status}${height === undefined ? '' : ` at height ${height}`}${standing}`;
}

/** By its id, or by the first characters of one that no other begins with. */
async function findProposal(id: string, flags: NodeFlags): Promise<{ client: ApiClient; proposal: ShownProposal }> {
  const client = clientOf(flags);
  if (!/^[0-9a-f]+$/.test(id) || id.length < ID_PREFIX_MIN)
    throw new CliError(`Give at least ${ID_PREFIX_MIN} characters of the id.`, EXIT.usage);
  if (id.length === 64) return { client, proposal: await client.get<ShownProposal>(`/api/v1/proposals/${id}`) };
  const { items } = await client.get<{ items: readonly ShownProposal[] }>('/api/v1/proposals?limit=200');
  const found = items.filter((proposal) => proposal.id.startsWith(id));
  const [proposal] = found;
  if (proposal !== undefined && found.length === 1) return { client, proposal };
  throw found.length === 0
    ? new CliError(`None of the latest 200 proposals begins with ${id}.`, EXIT.notFound)
    : new CliError(`${found.length} proposals begin with ${id}.`, EXIT.conflict, 'Give more of the id.');
}

function choiceOf(text: string): BallotChoice {
  if (text === 'yes' || text === 'no') return text;
  throw new InvalidArgumentError('Give yes or no.');
}

function reasonOf({ reason }: ActFlags): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}
