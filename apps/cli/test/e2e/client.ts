import type { DevelopmentNetwork } from '../../src/dev/development-network.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Bodies are what the API says; each test states what it expects of them.
  readonly body: Record<string, unknown>;
}

/** Talks to organisation k (1…) of a running network as its client would. */
export class Client {
  constructor(
    private readonly network: DevelopmentNetwork,
    readonly k: number,
  ) {}

  get did(): string {
    return this.organization.did;
  }

  async get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isBytes = body instanceof Uint8Array;
    return this.request('POST', path, isBytes ? body : JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** Repeats a read until it says what is waited for. */
  async until(path: string, isDone: (body: Record<string, unknown>) => boolean, timeoutMs = 20_000): Promise<Record<string, unknown>> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const answer = await this.get(path).catch((error: unknown) => ({ status: 0, body: { error: String(error) } }));
      if (answer.status === 200 && isDone(answer.body)) return answer.body;
      if (Date.now() > end) throw new Error(`${path}: after ${timeoutMs} ms still ${answer.status} ${JSON.stringify(answer.body)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private get organization(): DevelopmentNetwork['network']['organizations'][number] {
    return this.network.network.organizations[this.k - 1] as DevelopmentNetwork['network']['organizations'][number];
  }

  private async request(method: string, path: string, body?: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
    const { api, apiKey } = this.organization;
    const response = await fetch(api + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...headers },
      ...(body === undefined ? {} : { body: body as RequestInit['body'] & {} }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }
}
