// `npm run openapi`: writes docs/reference/openapi.json (or the file that is named) and the types of libs/sdk anew.
import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types.js';
import { describeApi } from './describe-api.js';

const [path = 'docs/reference/openapi.json', typesPath = 'libs/sdk/src/api-types.ts'] = process.argv.slice(2);
const document = await describeApi();
writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
writeFileSync(typesPath, clientTypes(document));
process.stdout.write(`${path} and ${typesPath} written\n`);
