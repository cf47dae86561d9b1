import { CliError, EXIT } from '../cli-error.js';
import type { RunningOrganization } from '../dev/network-file.js';

/** What a write answers when it is final. */
export interface Receipt {
  readonly entryId: string;
  readonly height: number;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
}

const CAPTURE_POLL_MS = 20;
const CAPTURE_POLL_MAX_MS = 250;
const CAPTURE_MAX_MS = 120_000;
/** A node that answers 503 has much to do: it says when to come again. */
const BUSY_TRIES_MAX = 120;
const BUSY_PAUSE_MS = 1_000;

interface OrganizationAnswer {
  readonly gs1CompanyPrefixes: readonly string[];
  readonly gln: string | null;
}

/** The public API of one organisation's node, as its own systems use it. */
export class OrganizationClient {
  constructor(private readonly organization: RunningOrganization) {}

  get did(): string {
    return this.organization.did;
  }

  get name(): string {
    return this.organization.name;
  }

  /** @returns undefined for 404 */
  async find<T>(path: string): Promise<T | undefined> {
    const response = await this.send('GET', path);
    if (response.status === 404) return undefined;
    return (await this.okay(response, path)) as T;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.okay(await this.send('GET', path), path)) as T;
  }

  async post<T = Receipt>(path: string, body: object): Promise<T> {
    return (await this.okay(await this.send('POST', path, body), path)) as T;
  }

  /**
   * Its first company prefix (seven digits in a development network) and its GLN.
   * @throws CliError (refused) when it has none
   */
  async masterData(): Promise<{ readonly prefix: string; readonly gln: string }> {
    const { gs1CompanyPrefixes, gln } = await this.get<OrganizationAnswer>(
      `/api/v1/organizations/${encodeURIComponent(this.did)}`,
    );
    const [prefix] = gs1CompanyPrefixes;
    if (prefix !== undefined && gln !== null) return { prefix, gln };
    throw new CliError(
      `${this.name} has no GS1 company prefix or no GLN.`,
      EXIT.rejected,
      'Take a network made by `npm start`.',
    );
  }

  /** Captures an EPCIS document and waits until its events are recorded. */
  async capture(document: object): Promise<void> {
    const response = await this.send('POST', '/epcis/capture', document);
    if (response.status !== 202) await this.okay(response, '/epcis/capture');
    const job = response.headers.get('location') ?? '';
    const deadline = performance.now() + CAPTURE_MAX_MS;
    for (let pauseMs = CAPTURE_POLL_MS; ; pauseMs = Math.min(pauseMs * 2, CAPTURE_POLL_MAX_MS)) {
      const { running, errors } = await this.get<{ running: boolean; errors: readonly Problem[] }>(job);
      if (errors.length > 0) throw this.refused('/epcis/capture', errors[0] as Problem);
      if (!running) return;
      if (performance.now() > deadline) throw new CliError(`The capture at ${this.name} did not finish.`, EXIT.network);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    for (let tries = 1; ; tries++) {
      const response = await this.request(method, path, body);
      if (response.status !== 503 || tries === BUSY_TRIES_MAX) return response;
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
    }
  }

  private async request(method: string, path: string, body?: object): Promise<Response> {
    const { api, apiKey } = this.organization;
    try {
      return await fetch(new URL(path, api), {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new CliError(
        `The node of ${this.name} does not answer at ${api}.`,
        EXIT.network,
        'Bring it back with `npx lading dev start`, or start the network with `npm start`.',
      );
    }
  }

  private async okay(response: Response, path: string): Promise<unknown> {
    const body: unknown = await response.json();
    if (response.ok) return body;
    throw this.refused(path, body as Problem);
  }

  private refused(path: string, { title, detail, code }: Problem): CliError {
    return new CliError(
      `${this.name} refused ${path}: ${detail ?? title ?? 'no reason given'} (${code ?? 'no code'}).`,
      EXIT.rejected,
    );
  }
}
