import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { clientTypes } from '../src/http/openapi/client-types.js';

describe('the types of the client', () => {
  it('are those of docs/reference/openapi.json (npm run openapi writes both anew)', () => {
    const document = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../docs/reference/openapi.json'), 'utf8'),
    ) as OpenAPIObject;
    expect(readFileSync(join(import.meta.dirname, '../../../libs/sdk/src/api-types.ts'), 'utf8')).toBe(
      clientTypes(document),
    );
  });
});
