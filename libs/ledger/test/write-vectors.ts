// Writes test-vectors/ anew, from the repository's root; how to run it: test-vectors/README.md. Only together with a new
// version of the protocol: what was frozen once must be accepted for ever.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeVectors } from './make-vectors.js';

for (const [name, text] of Object.entries(makeVectors())) writeFileSync(join('test-vectors', name), text);
