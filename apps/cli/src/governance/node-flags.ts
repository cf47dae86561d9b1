import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';
import { DATA_DIR_DEFAULT, wholeNumber } from '../dev/flags.js';
import { layoutOf } from '../dev/layout.js';
import { readNetworkFile } from '../dev/network-file.js';
import { ORGANIZATIONS_MAX } from '../dev/organizations.js';
import { ApiClient } from '../join/api-client.js';

/** Which node a command talks to. */
export interface NodeFlags {
  readonly api?: string;
  readonly apiKeyFile?: string;
  readonly dataDir: string;
  readonly as: number;
}

export function withNode(command: Command, environment: Environment): Command {
  return command
    .option('--api <url>', 'the API of the organisation’s node')
    .option('--api-key-file <file>', 'file with its API key')
    .option(
      '--data-dir <folder>',
      'of a running development network, without --api',
      environment.dataDir ?? DATA_DIR_DEFAULT,
    )
    .addOption(
      new Option('--as <number>', 'which organisation of the development network acts')
        .argParser((text) => wholeNumber(text, 1, ORGANIZATIONS_MAX))
        .default(1),
    );
}

/** @throws CliError when there is no such node, or no key for it */
export function clientOf({ api, apiKeyFile, dataDir, as }: NodeFlags): ApiClient {
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
