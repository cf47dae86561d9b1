import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../cli-error.js';

/** `<data dir>/network.json`: what programs need to use the running network. There while the network runs. */
export interface NetworkFile {
  readonly networkId: string;
  readonly organizations: readonly RunningOrganization[];
}

export interface RunningOrganization {
  readonly did: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For instance `http://127.0.0.1:7401`. */
  readonly api: string;
  readonly apiKey: string;
  /** Of the node process last started. */
  readonly pid: number;
}

/** @throws CliError (not found) when no network runs on that data directory */
export function readNetworkFile(path: string): NetworkFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as NetworkFile;
  } catch {
    throw new CliError(
      `There is no running network: ${path} is missing.`,
      EXIT.notFound,
      'Start one with `npm start`, or name its --data-dir.',
    );
  }
}
