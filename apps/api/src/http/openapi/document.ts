import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problemSchema } from '../problem/problem.contract.js';

/** The OpenAPI 3.1 description of the running application, made from the schemas that validate its requests. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Lading')
    .setDescription(
      'One organisation’s node of a Lading network: provenance events, items, transfers and the chain that records them.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key of a service account.' })
    .addCookieAuth('session', { type: 'apiKey', in: 'cookie', description: 'The session of a person who signed in.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert });
  const problem = convert(problemSchema, { schemaType: 'output' });
  return {
    ...document,
    components: {
      ...document.components,
      schemas: sorted({ ...document.components?.schemas, ...problem?.components }),
    },
  };
}

/** JSON Schema 2020-12, which OpenAPI 3.1 uses as it is; schemas with an id become components. */
function convert(schema: unknown, { schemaType }: { readonly schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $schema: _dialect, $defs, ...root } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: schemaType });
  return {
    schema: root,
    components: ($defs ?? {}) as NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>,
  };
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
