import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

// GS1's files lie beside the repository; they are read there and never copied into it.
export const GS1 = join(import.meta.dirname, '../../../../../shared/standards/gs1');
export const isGs1There = existsSync(GS1);
export const SKIPPED = isGs1There ? '' : ' (skipped: ../shared/standards/gs1 is absent)';

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}
interface Node {
  readonly [name: string]: Node | undefined;
}

/**
 * Judges answers by GS1's own OpenAPI file, generically: the status must be one of the operation's, the media type one of that
 * status's, body and headers must satisfy their schemas.
 */
export class Gs1OpenApi {
  private readonly document: Node;
  private readonly ajv = withFormats(new Ajv({ strict: false, allErrors: true, coerceTypes: false }));
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor() {
    this.document = JSON.parse(readFileSync(join(GS1, 'rest/openapi.json'), 'utf8'), (name, value: unknown) =>
      // The fields of a schedule have patterns in another language than ECMA-262.
      name === 'pattern' && typeof value === 'string' && value.includes(String.raw`\g<`) ? undefined : value,
    ) as Node;
    this.ajv.addSchema(this.document, 'gs1');
  }

  /**
   * @param path - as the file spells it, for instance `/epcs/{epc}/events`
   * @returns what is wrong; empty when the answer is as the standard says
   */
  problems(method: string, path: string, { statusCode, headers, body }: Answer): string[] {
    const at = `#/paths/${escape(path)}/${method.toLowerCase()}/responses/${statusCode}`;
    const response = this.resolve(at);
    if (response === undefined) return [`${method} ${path} has no status ${statusCode}`];
    const problems = this.headerProblems(response, headers);
    const { content } = response.node;
    if (content === undefined || Object.keys(content).length === 0) return problems;
    const type = String(headers['content-type'] ?? '').split(';')[0] as string;
    if (content[type] === undefined) return body === '' ? problems : [...problems, `media type ${type}`];
    const validate = this.validator(`${response.pointer}/content/${escape(type)}/schema`);
    const valid = validate(JSON.parse(body));
    return valid
      ? problems
      : [...problems, ...(validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)];
  }

  private headerProblems(response: Resolved, headers: Answer['headers']): string[] {
    return Object.keys(response.node['headers'] ?? {}).flatMap((name) => {
      const value = headers[name.toLowerCase()];
      const header = this.resolve(`${response.pointer}/headers/${escape(name)}`);
      if (value === undefined)
        return (header?.node['required'] as unknown) === true ? [`header ${name} is missing`] : [];
      const schema = this.resolve(`${header?.pointer}/schema`);
      const type = schema?.node['type'] as unknown;
      // Objects in headers are spelled a=1,b=2; the schema says no more of them.
      if (type === 'object') return [];
      const validate = this.validator(schema?.pointer ?? '');
      const read =
        name === 'Link'
          ? /^<([^>]+)>; rel="next"$/.exec(String(value))?.[1]
          : type === 'integer'
            ? Number(value)
            : value;
      return validate(read) ? [] : [`header ${name}: ${String(value)}`];
    });
  }

  private validator(pointer: string): ValidateFunction {
    const known = this.compiled.get(pointer) ?? this.ajv.compile({ $ref: `gs1${pointer}` });
    this.compiled.set(pointer, known);
    return known;
  }

  private resolve(pointer: string): Resolved | undefined {
    const node = pointer
      .slice(2)
      .split('/')
      .reduce<Node | undefined>(
        (at, part) => at?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')],
        this.document,
      );
    const reference = node?.['$ref'] as unknown;
    if (typeof reference === 'string') return this.resolve(reference);
    return node === undefined ? undefined : { node, pointer };
  }
}

interface Resolved {
  readonly node: Node;
  readonly pointer: string;
}

export function withFormats(ajv: Ajv): Ajv {
  (addFormats as unknown as (ajv: Ajv) => Ajv)(ajv);
  return ajv;
}

/** One step of a JSON pointer in a URI fragment. */
function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
