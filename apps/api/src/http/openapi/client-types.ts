import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = { readonly [keyword: string]: unknown };

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

/**
 * The TypeScript types of the OpenAPI document for the client in libs/sdk: an interface for each component, and a table of the
 * operations. Only the keywords that our own schemas use are understood; anything else becomes `unknown`, which a caller notices.
 */
export function clientTypes(document: OpenAPIObject): string {
  const components = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) =>
    component(typeName(name), schema as Schema),
  );
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Readonly<Record<string, Operation>>).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  return [
    '// Made from docs/reference/openapi.json by `npm run openapi`; a test compares them. Never edited by hand.',
    '',
    'export type QueryValue = string | number | boolean | readonly string[] | undefined;',
    '',
    ...components,
    '',
    'export interface Operations {',
    ...operations.map(({ operation }) => `  ${operation.operationId}: ${operationType(operation)};`),
    '}',
    '',
    '/** Method and path of each operation. */',
    'export const OPERATIONS = {',
    ...operations.map(({ path, method, operation }) => `  ${operation.operationId}: ['${method}', '${path}'],`),
    '} as const satisfies Record<keyof Operations, readonly [method: string, path: string]>;',
    '',
  ].join('\n');
}

/** One member per line where it is an object, so that a change is a readable difference. */
function component(name: string, schema: Schema): string {
  const members = schema['type'] === 'object' && 'properties' in schema ? membersOf(schema) : undefined;
  return members === undefined
    ? `export type ${name} = ${typeOf(schema)};\n`
    : `export interface ${name} {\n${members.map((member) => `  ${member};\n`).join('')}}\n`;
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const path = parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => `${key(name)}: string | number`);
  // Queries of EPCIS have hundreds of parameters by pattern: what is not listed may be sent too.
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && /^\w+$/.test(parameter.name))
    .map(({ name }) => `${key(name)}?: QueryValue`);
  const body = requestBody?.content['application/json']?.schema;
  const answer = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content?.['application/json']
    ?.schema;
  return `{ path: ${object(path)}; query: ${object(query)}; body: ${body ? typeOf(body) : 'undefined'}; answer: ${answer ? typeOf(answer) : 'undefined'} }`;
}

function typeOf(schema: Schema): string {
  const { $ref, anyOf, oneOf, enum: values, type } = schema;
  if (typeof $ref === 'string') return typeName($ref.split('/').at(-1) ?? '');
  const options = (anyOf ?? oneOf) as readonly Schema[] | undefined;
  if (options !== undefined) return options.map(typeOf).join(' | ');
  if (Array.isArray(values)) return values.map((value) => quote(value)).join(' | ');
  if ('const' in schema) return quote(schema['const']);
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(' | ');
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `readonly ${arrayElement(typeOf((schema['items'] ?? {}) as Schema))}[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  if (properties === undefined) {
    const values =
      typeof additionalProperties === 'object' && additionalProperties !== null ? additionalProperties : {};
    return `{ readonly [name: string]: ${typeOf(values as Schema)} }`;
  }
  return object(membersOf({ properties, required }));
}

function membersOf({ properties, required }: Schema): string[] {
  const mandatory = new Set((required ?? []) as readonly string[]);
  return Object.entries(properties as Readonly<Record<string, Schema>>).map(
    ([name, schema]) => `readonly ${key(name)}${mandatory.has(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
}

function object(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`;
}

function arrayElement(type: string): string {
  return /^\w+$|^\{[^|]*\}$/.test(type) ? type : `(${type})`;
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : JSON.stringify(value);
}

/** `EPCISQueryDocument`, `Item` …: ids of schemas are names already. */
function typeName(name: string): string {
  return name.replaceAll(/\W/g, '_');
}
