import { CliError, EXIT, type ExitCode } from '../cli-error.js';

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
}

const TIMEOUT_MS = 20_000;

/** The HTTP API of a node, with an API key or as nobody known. */
export class ApiClient {
  /** @param url - without a slash at the end */
  constructor(
    readonly url: string,
    private readonly apiKey?: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send<T>('POST', path, { content: JSON.stringify(body), type: 'application/json' });
  }

  postBytes<T>(path: string, content: Uint8Array, type: string): Promise<T> {
    return this.send<T>('POST', path, { content: content as Uint8Array<ArrayBuffer>, type });
  }

  /** @throws CliError (network) when nobody answers; with the problem's code when the node refuses */
  private async send<T>(
    method: string,
    path: string,
    body?: { readonly content: string | Uint8Array<ArrayBuffer>; readonly type: string },
  ): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.url + path, {
        method,
        headers: {
          ...(this.apiKey === undefined ? {} : { authorization: `Bearer ${this.apiKey}` }),
          ...(body === undefined ? {} : { 'content-type': body.type }),
        },
        ...(body === undefined ? {} : { body: body.content }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new CliError(`${this.url} does not answer.`, EXIT.network, 'Check the address, and whether the node runs.');
    }
    const answer = (await response.json().catch(() => ({}))) as T & Problem;
    if (response.ok) return answer;
    const { detail, title, code } = answer;
    throw new CliError(
      `${this.url} refused: ${detail ?? title ?? response.status} (${code ?? `HTTP ${response.status}`}).`,
      exitCodeOf(response.status),
    );
  }
}

function exitCodeOf(status: number): ExitCode {
  if (status === 404) return EXIT.notFound;
  if (status === 409) return EXIT.conflict;
  return status >= 500 ? EXIT.network : EXIT.rejected;
}
