import { Command } from 'commander';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';
import { clientOf, withNode, type NodeFlags } from '../governance/node-flags.js';
import { formatTable, printData, say } from '../output.js';

const EXAMPLES = `Examples:
  npx lading admit                                 requests to join, each with its six words
  npx lading admit 9948efa2 --words-compared       puts one to the vote, with this organisation's yes
`;
const ID_PREFIX_MIN = 4;

interface AdmitFlags extends NodeFlags {
  readonly wordsCompared?: true;
  readonly reason?: string;
  readonly json?: true;
}

interface ShownRequest {
  readonly id: string;
  readonly state: string;
  readonly words: readonly string[];
  readonly organization: { readonly did: string; readonly name: string };
}

export function admitCommand(environment: Environment): Command {
  return withNode(new Command('admit'), environment)
    .description('requests to join this organisation’s network, or put one to the vote')
    .addHelpText('before', EXAMPLES)
    .argument('[id]', 'of a request; its first characters are enough')
    .option('--words-compared', 'the six words were compared with the other side, by telephone')
    .option('--reason <text>', 'for people; stands on the ledger')
    .option('--json', 'print JSON')
    .action((id: string | undefined, flags: AdmitFlags) => (id === undefined ? list(flags) : propose(id, flags)));
}

async function list(flags: AdmitFlags): Promise<void> {
  const requests = await requestsOf(flags);
  if (flags.json) printData(JSON.stringify(requests));
  else if (requests.length === 0) say('Nobody has asked to join.');
  else
    printData(
      formatTable(
        ['Id', 'State', 'Name', 'DID', 'Words'],
        requests.map(({ id, state, words, organization: { did, name } }) => [
          id.slice(0, 8),
          state,
          name,
          did,
          words.join(' '),
        ]),
      ),
    );
}

async function propose(prefix: string, flags: AdmitFlags): Promise<void> {
  const requests = await requestsOf(flags);
  const found = prefix.length < ID_PREFIX_MIN ? [] : requests.filter(({ id }) => id.startsWith(prefix));
  const [request] = found;
  if (request === undefined || found.length > 1)
    throw new CliError(
      `There is no one request whose id begins with ${prefix}.`,
      EXIT.notFound,
      '`npx lading admit` lists them.',
    );
  if (flags.wordsCompared !== true) {
    throw new CliError(
      `Compare the words first: ${request.words.join(' ')}.`,
      EXIT.usage,
      'When the other side reads the same words, give --words-compared.',
    );
  }
  const body = { wordsCompared: true, ...(flags.reason === undefined ? {} : { reason: flags.reason }) };
  const proposal = await clientOf(flags).post<{ id: string }>(`/api/v1/join-requests/${request.id}/proposal`, body);
  say(`Put to the vote: the others cast their ballots with \`npx lading vote ${proposal.id.slice(0, 8)} yes\`.`);
  printData(flags.json ? JSON.stringify(proposal) : proposal.id);
}

async function requestsOf(flags: AdmitFlags): Promise<readonly ShownRequest[]> {
  return (await clientOf(flags).get<{ items: readonly ShownRequest[] }>('/api/v1/join-requests')).items;
}
