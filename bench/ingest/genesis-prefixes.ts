import { readFileSync } from 'node:fs';
import { parseGenesis } from '#identity';
import { layoutOf } from '../../apps/cli/src/dev/layout.js';

/** The first GS1 company prefix of every organisation, by DID. */
export function readGenesisPrefixes(dataDir: string): Map<string, string> {
  const genesis = parseGenesis(readFileSync(layoutOf(dataDir).genesis));
  if (!genesis.ok) throw new Error(genesis.detail);
  return new Map(genesis.value.organizations.map(({ did, gs1CompanyPrefixes }) => [did, gs1CompanyPrefixes[0] ?? '']));
}
