import { OPERATIONS, type Operations, type QueryValue } from './api-types.js';
import { ProblemError, problemOf } from './problem-error.js';
import { readEvents, type ServerEvent } from './server-events.js';

export interface ClientOptions {
  /** Of the node, without a slash at the end; empty in a page that the node itself serves. */
  readonly baseUrl: string;
  /**
   * Headers that say who calls, asked for before each request: an API key (`bearer`), or what a session needs (`X-CSRF-Token`;
   * its cookie goes along by itself).
   */
  readonly credentials?: (method: string) => Readonly<Record<string, string>>;
  /** The platform's own unless a test says otherwise. */
  readonly fetch?: typeof fetch;
  /** Told of every answer that is no success, before it is thrown: a page goes to its login on 401. */
  readonly onProblem?: (problem: ProblemError) => void;
}

type OperationId = keyof Operations;
type Empty = Record<never, never>;
type Query = Readonly<Record<string, QueryValue>>;

/** Members that an operation does not have need not be given. */
export type Arguments<Id extends OperationId> = {
  readonly query?: Operations[Id]['query'] & Query;
  /** Writes: the same key with the same request gets the first answer again, for seven days. */
  readonly idempotencyKey?: string;
  /** Writes: answer as soon as the entry is taken, do not wait until it is final. */
  readonly respondAsync?: boolean;
  /** Further headers, `Passkey-Assertion` for instance. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
} & (Empty extends Operations[Id]['path'] ? Empty : { readonly path: Operations[Id]['path'] }) &
  (Operations[Id]['body'] extends undefined ? Empty : { readonly body: Operations[Id]['body'] });

interface ListPage<Element> {
  readonly items: readonly Element[];
  readonly nextCursor: string | null;
}
type ListId = {
  [Id in OperationId]: Operations[Id]['answer'] extends ListPage<unknown> ? Id : never;
}[OperationId];
type ElementOf<Id extends ListId> = Operations[Id]['answer'] extends { readonly items: readonly (infer Element)[] }
  ? Element
  : never;

/** For `credentials`: an organisation's or a service account's API key. */
export function bearer(apiKey: string): () => Readonly<Record<string, string>> {
  return () => ({ authorization: `Bearer ${apiKey}` });
}

/** One organisation's node, by the operations of its OpenAPI document. In Node.js and in browsers. */
export class LadingClient {
  constructor(private readonly options: ClientOptions) {}

  /**
   * Carries out an operation by its id.
   * @throws ProblemError for everything but a success
   * @example await client.call('getItem', { path: { id: 'https://id.gs1.org/01/09521001000024/21/0001' } })
   */
  async call<Id extends OperationId>(id: Id, args: Arguments<Id>): Promise<Operations[Id]['answer']> {
    const [method, template] = OPERATIONS[id];
    const { path, body, idempotencyKey, respondAsync, signal, query, headers } = args as Arguments<Id> & {
      readonly path?: Readonly<Record<string, string | number>>;
      readonly body?: unknown;
    };
    const response = await this.send(
      method,
      fillPath(template, path ?? {}) + queryText(query ?? {}),
      {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        ...(respondAsync === true && { prefer: 'respond-async' }),
        ...headers,
      },
      body === undefined ? undefined : JSON.stringify(body),
      signal,
    );
    if (response.status === 204) return undefined as Operations[Id]['answer'];
    return (await response.json().catch(() => {
      throw new ProblemError('SDK_NOT_A_PROBLEM', response.status, 'The answer is not JSON.');
    })) as Operations[Id]['answer'];
  }

  /** As `call`, for answers that are text of another type (CSV, the metrics). */
  async text<Id extends OperationId>(id: Id, args: Arguments<Id>, accept: string): Promise<string> {
    const [method, template] = OPERATIONS[id];
    const { path, query, body, signal } = args as Arguments<Id> & {
      readonly path?: Readonly<Record<string, string | number>>;
      readonly body?: unknown;
    };
    const url = fillPath(template, path ?? {}) + queryText(query ?? {});
    const headers = { accept, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const response = await this.send(
      method,
      url,
      headers,
      body === undefined ? undefined : JSON.stringify(body),
      signal,
    );
    return response.text();
  }

  /** Every element of a list, page after page, as they are asked for. */
  async *each<Id extends ListId>(id: Id, args: Arguments<Id>): AsyncGenerator<ElementOf<Id>, void> {
    let cursor: string | null = null;
    do {
      const query = { limit: 200, ...(args.query as Query | undefined), ...(cursor !== null && { cursor }) };
      const page = (await this.call(id, { ...args, query } as Arguments<Id>)) as unknown as ListPage<ElementOf<Id>>;
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /**
   * What the node tells as it happens, for as long as the link holds; ends with a `ProblemError` when it breaks.
   * @param lastEventId - the last one seen: what came after it is told first
   */
  async *stream(
    options: { readonly lastEventId?: string; readonly signal?: AbortSignal; readonly onOpen?: () => void } = {},
  ): AsyncGenerator<ServerEvent, void> {
    const headers = {
      accept: 'text/event-stream',
      ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }),
    };
    const response = await this.send('GET', '/api/v1/stream', headers, undefined, options.signal);
    options.onOpen?.();
    if (response.body !== null) yield* readEvents(response.body);
  }

  private async send(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const { baseUrl, credentials, onProblem } = this.options;
    const request = this.options.fetch ?? fetch;
    let problem: ProblemError;
    try {
      const response = await request(baseUrl + url, {
        method,
        headers: { ...headers, ...credentials?.(method) },
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      });
      if (response.ok) return response;
      problem = await problemOf(response);
    } catch (error) {
      problem =
        signal?.aborted === true
          ? new ProblemError('SDK_ABORTED', 0, 'The request was given up.')
          : new ProblemError(
              'SDK_UNREACHABLE',
              0,
              `The node does not answer: ${error instanceof Error ? error.message : String(error)}.`,
            );
    }
    onProblem?.(problem);
    throw problem;
  }
}

/** `/api/v1/items/{id}` with each parameter percent-encoded. */
function fillPath(template: string, path: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(String(path[name])));
}

function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
