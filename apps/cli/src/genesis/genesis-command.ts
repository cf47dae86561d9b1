import { readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { DEFAULT_PARAMETERS, parseGenesis, type Parameters } from '#identity';
import { CliError, EXIT, explainSystemError, systemCode } from '../cli-error.js';
import { printData, say } from '../output.js';
import { genesisText, type GenesisDraftOrganization } from './genesis-text.js';

const EXAMPLES = `Examples:
  npx lading genesis new --organizations organizations.json --out genesis.json
  npx lading genesis show genesis.json
`;

/** What the founders agree on: the organisations with their public keys; parameters only where they differ from the default. */
interface Founding {
  readonly organizations: readonly GenesisDraftOrganization[];
  readonly parameters?: Partial<Parameters>;
}

export function genesisCommand(): Command {
  const genesis = new Command('genesis')
    .description('the file that a network begins with')
    .addHelpText('before', EXAMPLES);
  genesis
    .command('new')
    .description('write a genesis file from the organisations and their public keys')
    .requiredOption('--organizations <file>', 'JSON: { "organizations": [ … ], "parameters"?: { … } }')
    .requiredOption('--out <file>', 'where to write it; never overwrites')
    .action((flags: { organizations: string; out: string }) => createGenesis(flags.organizations, flags.out));
  genesis
    .command('show <file>')
    .description('judge a genesis file and print its network id, to compare with the other founders')
    .option('--json', 'print JSON')
    .action((file: string, flags: { json?: true }) => showGenesis(file, flags.json === true));
  return genesis;
}

function createGenesis(organizationsFile: string, out: string): void {
  const founding = readFounding(organizationsFile);
  const text = genesisText({
    time: Date.now(),
    organizations: founding.organizations,
    parameters: { ...DEFAULT_PARAMETERS, ...founding.parameters },
  });
  const parsed = parseGenesis(Buffer.from(text));
  if (!parsed.ok)
    throw new CliError(
      `${organizationsFile}: ${parsed.detail} at ${parsed.pointer ?? '/'} (${parsed.code}).`,
      EXIT.rejected,
    );
  try {
    writeFileSync(out, text, { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new CliError(`${out} exists; a genesis file is never overwritten.`, EXIT.conflict);
    throw explainSystemError(error, out);
  }
  say('Give this very file to every founder: its bytes are the network’s identity.');
  printData(parsed.value.networkId);
}

function readFounding(path: string): Founding {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Founding;
    if (Array.isArray(value.organizations)) return value;
  } catch {
    // Told below, like any other file that is not what is needed.
  }
  throw new CliError(
    `${path} is not a JSON file with "organizations".`,
    EXIT.usage,
    'docs/operations/production.md shows one.',
  );
}

function showGenesis(file: string, json: boolean): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new CliError(`${file} cannot be read.`, EXIT.notFound);
  }
  const parsed = parseGenesis(bytes);
  if (!parsed.ok)
    throw new CliError(
      `${file}: ${parsed.detail} at ${parsed.pointer ?? '/'} (${parsed.code}).`,
      EXIT.verificationFailed,
    );
  const { networkId, time, organizations } = parsed.value;
  const shown = {
    networkId,
    time: new Date(time).toISOString(),
    organizations: organizations.map(({ did, name, roles }) => ({ did, name, roles })),
  };
  if (json) printData(JSON.stringify(shown));
  else
    printData(
      [
        `  Network id  ${networkId}`,
        `  Time        ${shown.time}`,
        ...shown.organizations.map(({ did, name, roles }) => `  ${name}, ${did}: ${roles.join(', ')}`),
      ].join('\n'),
    );
}
