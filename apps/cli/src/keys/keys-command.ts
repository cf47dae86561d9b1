import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { toHex } from '#codec';
import { rootCommitmentOf, type KeyPurpose } from '#identity';
import { createKeystore, describeKeystore, openKeystore, type KeyDescription } from '#keystore';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT, explainSystemError, systemCode, type ExitCode } from '../cli-error.js';
import { formatTable, printData, say } from '../output.js';
import { heldKeysCommands } from './held-keys-commands.js';
import { readPassphrase, type PassphraseSource } from './passphrase.js';
import { recoverCommand } from './recover-command.js';

const PURPOSES: readonly KeyPurpose[] = ['node', 'sign', 'admin', 'root'];

const EXAMPLES = `Examples:
  npx lading keys new keys/node.json --purpose node --passphrase-file passphrase
  npx lading keys list keys
  npx lading keys show keys/node.json --json
  npx lading keys rotate sign --overlap-blocks 5000
  npx lading keys revoke <key id> --not-trusted-from 1200 --reason "laptop stolen"
  npx lading keys recover --root root.json --out keys --reason "node lost"
  LADING_PASSPHRASE=… npx lading keys show keys/node.json --check
`;

interface KeyFlags extends PassphraseSource {
  readonly json?: true;
}

/** What is told about a key file; the names are part of the --json output. */
interface ShownKey {
  readonly file: string;
  readonly purpose: KeyPurpose;
  readonly keyId: string;
  /** Hexadecimal. */
  readonly publicKey: string;
  /** Of a root key: what the root key before it is registered with, hexadecimal. */
  readonly commitment?: string;
}

export function keysCommand(environment: Environment): Command {
  const keys = new Command('keys')
    .description('keystore files: private keys, encrypted with a passphrase; and the keys that a node holds')
    .addHelpText('before', EXAMPLES);
  withPassphrase(keys.command('new <file>').description('make a key; never overwrites one'))
    .addOption(new Option('--purpose <purpose>', 'what the key is for').choices(PURPOSES).makeOptionMandatory())
    .action((file: string, flags: KeyFlags & { purpose: KeyPurpose }) => createKey(file, flags, environment));
  keys
    .command('list [folder]')
    .description('the keys in a folder; needs no passphrase')
    .option('--json', 'print JSON')
    .action((folder: string | undefined, flags: { json?: true }) => listKeys(folder ?? '.', flags.json === true));
  withPassphrase(keys.command('show <file>').description('one key; needs no passphrase unless it is to be checked'))
    .option('--check', 'open the keystore, to see that the passphrase fits and the file is whole')
    .action((file: string, flags: KeyFlags & { check?: true }) => showKey(file, flags, environment));
  for (const command of heldKeysCommands(environment)) keys.addCommand(command);
  keys.addCommand(recoverCommand(environment));
  return keys;
}

function withPassphrase(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'file with the passphrase; otherwise LADING_PASSPHRASE, otherwise asked for')
    .option('--no-input', 'never ask')
    .option('--json', 'print JSON');
}

async function createKey(
  file: string,
  flags: KeyFlags & { purpose: KeyPurpose },
  environment: Environment,
): Promise<void> {
  const passphrase = await readPassphrase(flags, environment, true);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const created = await createKeystore(file, flags.purpose, passphrase);
    if (!created.ok) throw refused(created);
    say(`Keep ${file} and its passphrase: without both the key is lost.`);
    print(shown(file, created.value), flags.json === true);
  } catch (error) {
    throw explainSystemError(error, file);
  }
}

function listKeys(folder: string, json: boolean): void {
  const found: ShownKey[] = [];
  for (const name of filesIn(folder)) {
    const described = describeKeystore(join(folder, name));
    if (described.ok) found.push(shown(join(folder, name), described.value));
    // Nothing is left out silently: a damaged or open keystore is named, other JSON files are not keys.
    else if (described.code !== 'KEYSTORE_MALFORMED') say(`${join(folder, name)}: ${described.detail}`);
  }
  if (json) printData(JSON.stringify(found));
  else
    printData(
      formatTable(
        ['File', 'Purpose', 'Key id'],
        found.map((key) => [key.file, key.purpose, key.keyId]),
      ),
    );
}

async function showKey(file: string, flags: KeyFlags & { check?: true }, environment: Environment): Promise<void> {
  const described = describeKeystore(file);
  if (!described.ok) throw refused(described);
  if (flags.check) {
    const opened = await openKeystore(file, await readPassphrase(flags, environment, false));
    if (!opened.ok) throw refused(opened);
    say('The passphrase fits and the keystore is whole.');
  }
  print(shown(file, described.value), flags.json === true);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    throw systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR'
      ? new CliError(`${folder} is not a folder.`, EXIT.notFound)
      : error;
  }
}

function shown(file: string, { purpose, keyId, publicKey }: KeyDescription): ShownKey {
  const commitment = purpose === 'root' ? { commitment: toHex(rootCommitmentOf(publicKey)) } : {};
  return { file, purpose, keyId, publicKey: toHex(publicKey), ...commitment };
}

function print(key: ShownKey, json: boolean): void {
  if (json) printData(JSON.stringify(key));
  else
    printData(
      [
        `  File        ${key.file}`,
        `  Purpose     ${key.purpose}`,
        `  Key id      ${key.keyId}`,
        `  Public key  ${key.publicKey}`,
        ...(key.commitment === undefined ? [] : [`  Commitment  ${key.commitment}`]),
      ].join('\n'),
    );
}

const EXIT_OF: Readonly<Record<string, ExitCode>> = {
  KEYSTORE_NOT_FOUND: EXIT.notFound,
  KEYSTORE_EXISTS: EXIT.conflict,
  KEYSTORE_PERMISSIONS: EXIT.rejected,
  KEYSTORE_WRONG_PASSPHRASE: EXIT.verificationFailed,
  KEYSTORE_MALFORMED: EXIT.verificationFailed,
};

/** `code` tells scripts what `detail` tells people. */
function refused({ code, detail }: { readonly code: string; readonly detail: string }): CliError {
  return new CliError(`${detail} (${code}).`, EXIT_OF[code] ?? EXIT.failed);
}
