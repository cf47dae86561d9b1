import { Argument, Command, Option } from 'commander';
import { OVERLAP_BLOCKS_MAX } from '#identity';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';
import { wholeNumber } from '../dev/flags.js';
import { clientOf, withNode, type NodeFlags } from '../governance/node-flags.js';
import { formatTable, printData, say } from '../output.js';

interface KeyAnswer {
  readonly entryId: string;
  readonly status: string;
  readonly height?: number;
  readonly keyId: string | null;
}

interface Preview {
  readonly key: { readonly organization: string; readonly purpose: string };
  readonly entries: number;
  readonly byKind: readonly { readonly kind: string; readonly entries: number }[];
  readonly openTransfers: readonly string[];
}

interface RotateFlags extends NodeFlags {
  readonly overlapBlocks?: number;
  readonly json?: true;
}

interface RevokeFlags extends NodeFlags {
  readonly notTrustedFrom: number;
  readonly reason: string;
  readonly yes?: true;
  readonly json?: true;
}

/** `rotate` and `revoke`: keys that a running node holds. */
export function heldKeysCommands(environment: Environment): Command[] {
  const rotate = withNode(new Command('rotate'), environment)
    .description('replace a key of a running node by one that it makes; old and new overlap')
    .addArgument(new Argument('<purpose>', 'which key').choices(['sign', 'node', 'admin']))
    .addOption(
      new Option('--overlap-blocks <blocks>', 'for how many blocks both are valid; 1,000 when left out').argParser(
        (text) => wholeNumber(text, 0, OVERLAP_BLOCKS_MAX),
      ),
    )
    .option('--json', 'print JSON')
    .action(rotateKey);
  const revoke = withNode(new Command('revoke'), environment)
    .description('end a key and say from which height on it was in other hands; shows first what that disputes')
    .argument('<key id>', 'of this organisation')
    .addOption(
      new Option('--not-trusted-from <height>', 'entries from this height on are disputed')
        .argParser((text) => wholeNumber(text, 0, Number.MAX_SAFE_INTEGER))
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why, for people')
    .option('--yes', 'do it; without it, only what it would dispute is shown')
    .option('--json', 'print JSON')
    .action(revokeKey);
  return [rotate, revoke];
}

async function rotateKey(purpose: string, flags: RotateFlags): Promise<void> {
  const { overlapBlocks, json } = flags;
  const body = { purpose, ...(overlapBlocks === undefined ? {} : { overlapBlocks }) };
  print(await clientOf(flags).post<KeyAnswer>('/api/v1/keys/rotate', body), json === true);
}

async function revokeKey(keyId: string, flags: RevokeFlags): Promise<void> {
  const { notTrustedFrom, reason, yes, json } = flags;
  const client = clientOf(flags);
  const preview = await client.post<Preview>('/api/v1/keys/revoke/preview', { keyId, notTrustedFrom });
  const { key, entries, byKind, openTransfers } = preview;
  say(`This disputes ${entries} entries that the ${key.purpose} key of ${key.organization} signed:`);
  if (entries > 0)
    say(
      formatTable(
        ['Kind', 'Entries'],
        byKind.map((each) => [each.kind, String(each.entries)]),
      ),
    );
  if (openTransfers.length > 0) say(`${openTransfers.length} of its offers are unanswered.`);
  if (!yes) throw new CliError('Nothing was revoked.', EXIT.usage, 'Give --yes to revoke the key.');
  print(await client.post<KeyAnswer>('/api/v1/keys/revoke', { keyId, notTrustedFrom, reason }), json === true);
}

function print(answer: KeyAnswer, json: boolean): void {
  const { entryId, status, height, keyId } = answer;
  if (json) printData(JSON.stringify(answer));
  else {
    printData(
      `${entryId} ${status}${height === undefined ? '' : ` at height ${height}`}${keyId === null ? '' : `; new key ${keyId}`}`,
    );
  }
}
