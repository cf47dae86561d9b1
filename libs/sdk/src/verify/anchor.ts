import { compareStrings } from '#codec';
import { parseGenesis, type ValidatorSet } from '#identity';
import { MalformedEvidence } from './read-evidence.js';
import type { Anchor } from './verify.types.js';

/**
 * The genesis file as an anchor. Its SHA-256 is the network id, so whoever knows that id from elsewhere (a contract, a colleague, an
 * earlier visit) need not believe who handed over the file.
 * @throws MalformedEvidence when it is no genesis file
 */
export function anchorOfGenesis(file: Uint8Array): Anchor {
  const genesis = parseGenesis(file);
  if (!genesis.ok) throw new MalformedEvidence(`genesis: ${genesis.detail}`);
  const { networkId, organizations } = genesis.value;
  const validators: ValidatorSet = organizations
    .filter(({ roles }) => roles.includes('validator'))
    .map(({ did, nodeKey }) => ({ id: did, publicKey: nodeKey }))
    .sort((a, b) => compareStrings(a.id, b.id));
  return { networkId, validators };
}
