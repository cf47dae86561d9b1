// `npm run openapi`: writes docs/reference/openapi.json (or the file that is named) anew.
import { writeFileSync } from 'node:fs';
import { describeApi } from './describe-api.js';

const path = process.argv[2] ?? 'docs/reference/openapi.json';
writeFileSync(path, `${JSON.stringify(await describeApi(), undefined, 2)}\n`);
process.stdout.write(`${path} written\n`);
