import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Environment } from '../config/environment.js';
import { explainSystemError } from '../cli-error.js';
import { wholeNumber } from '../dev/flags.js';
import { readPassphrase, type PassphraseSource } from '../keys/passphrase.js';
import { printData, say } from '../output.js';
import { replaceNodeKey } from './replace-node-key.js';

const EXAMPLES = `Examples:
  npx lading replace-node-key --config node.json --out entry.cbor
  curl -X POST https://<any member's API>/api/v1/entries -H 'Authorization: Bearer <its key>' \\
      -H 'Content-Type: application/cbor' --data-binary @entry.cbor
`;
const HEIGHT_MAX = 999_999_999;

interface Flags extends PassphraseSource {
  readonly config: string;
  readonly out: string;
  readonly height?: number;
  readonly json?: true;
}

export function replaceNodeKeyCommand(environment: Environment): Command {
  return new Command('replace-node-key')
    .description('make a new node key in place of a lost one, and the signed entry that registers it')
    .addHelpText('before', EXAMPLES)
    .requiredOption('--config <file>', 'the node’s configuration file')
    .requiredOption('--out <file>', 'where to write the entry')
    .addOption(
      new Option('--height <height>', 'present height of the chain, where this node has no chain of its own').argParser(
        (text) => wholeNumber(text, 0, HEIGHT_MAX),
      ),
    )
    .option(
      '--passphrase-file <file>',
      'file with the passphrase of the keys; otherwise LADING_PASSPHRASE, otherwise asked for',
    )
    .option('--no-input', 'never ask')
    .option('--json', 'print JSON')
    .action((flags: Flags) => replace(flags, environment));
}

async function replace(flags: Flags, environment: Environment): Promise<void> {
  const { config, height, out } = flags;
  const passphrase = await readPassphrase(flags, environment, false);
  const { entry, keyId, path } = await replaceNodeKey({ config, height, passphrase });
  try {
    writeFileSync(out, entry);
  } catch (error) {
    throw explainSystemError(error, out);
  }
  say(`The new key is in ${path}. Hand ${out} to any member: it submits the entry, then this node can be started.`);
  printData(flags.json ? JSON.stringify({ keyId, entry: out }) : keyId);
}
