import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Environment } from '../config/environment.js';
import { DATA_DIR_DEFAULT } from '../dev/flags.js';
import { layoutOf } from '../dev/layout.js';
import { readNetworkFile, type NetworkFile } from '../dev/network-file.js';
import { formatTable, printData } from '../output.js';
import { playStory, type Ending, type HistoryEvent } from './story.js';

const EXAMPLES = `Examples:
  npm run demo                               plays on the network that \`npm start\` runs
  npm run demo -- --data-dir .seven
`;

export function demoCommand(environment: Environment): Command {
  return new Command('demo')
    .description('play a story on the running development network: a case of 24 items goes from maker to retailer')
    .addHelpText('before', EXAMPLES)
    .option(
      '--data-dir <folder>',
      'data directory of the running network (LADING_DATA_DIR)',
      environment.dataDir ?? DATA_DIR_DEFAULT,
    )
    .option('--json', 'print the final trace as JSON instead of the steps')
    .action((flags: { dataDir: string; json?: true }) => play(flags.dataDir, flags.json === true));
}

async function play(dataDir: string, json: boolean): Promise<void> {
  const network = readNetworkFile(layoutOf(resolve(dataDir)).network);
  let step = 0;
  const ending = await playStory(network, Date.now, (what, result) => {
    step += 1;
    if (!json) printData(`  ${String(step).padStart(2)}  ${what}\n      ${result}`);
  });
  if (json) printData(JSON.stringify({ ...ending, seals: Object.fromEntries(ending.seals) }));
  else printData(traceTable(ending, network));
}

function traceTable({ item, events, seals, ownerName, custodianName }: Ending, network: NetworkFile): string {
  const nameOf = (did: string): string =>
    network.organizations.find((organization) => organization.did === did)?.name ?? did;
  const rows = events.map((event) => [
    event.blockTime.slice(11, 23),
    describe(event, nameOf),
    nameOf(event.author),
    String(event.height),
    `${seals.get(event.height) ?? 0} of ${network.organizations.length}`,
    event.entryId.slice(0, 16),
  ]);
  return [
    '',
    `  History of ${item}`,
    '',
    formatTable(['Time (UTC)', 'What', 'Signed by', 'Block', 'Seals', 'Entry'], rows),
    '',
    `  Owned by ${ownerName}, held by ${custodianName}.`,
    '',
  ].join('\n');
}

/** The event in words; what stands in its content is the author's own text. */
function describe({ kind, action, bizStep, event }: HistoryEvent, nameOf: (did: string) => string): string {
  const text = (name: string): string => (typeof event[name] === 'string' ? event[name] : '');
  switch (kind) {
    case 'item.commission':
      return 'commissioned';
    case 'transfer.offer':
      return `${text('transfers') === 'both' ? 'ownership and custody' : text('transfers')} offered to ${nameOf(text('to'))}`;
    case 'transfer.accept':
      return 'offer accepted';
    case 'epcis.capture':
      return `${bizStep?.replace(/^.*(BizStep-|bizstep:)/, '') ?? 'event'}${action === null ? '' : ` (${action})`}`;
    default:
      return kind;
  }
}
