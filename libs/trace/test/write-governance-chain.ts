// Writes test-vectors/governance-chain.json anew, from the repository's root (test-vectors/README.md). Only together with a new
// version of the rules: what was frozen once must be executed to the same records for ever.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeGovernanceChain } from './governance-chain.js';

writeFileSync(join('test-vectors', 'governance-chain.json'), `${JSON.stringify(makeGovernanceChain(), null, 2)}\n`);
