import { readFileSync } from 'node:fs';
import { parseGenesis, type Genesis } from '#identity';
import { StartupError } from '../config/load-config.js';

/** @throws StartupError with what to do */
export function readGenesis(path: string): Genesis {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new StartupError(
      `The genesis file ${path} cannot be read: get it from the network’s founders and correct "genesis" in the configuration.`,
    );
  }
  const genesis = parseGenesis(bytes);
  if (!genesis.ok) throw new StartupError(`The genesis file ${path} does not hold: ${genesis.code}: ${genesis.detail}`);
  return genesis.value;
}
