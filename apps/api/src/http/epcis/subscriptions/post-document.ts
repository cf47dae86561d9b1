import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { resolveDestination, type DestinationPolicy, type Resolve, type ResolvedAddress } from './destination.js';

export interface PostOptions {
  readonly policy: DestinationPolicy;
  /** For name, connection, request and answer together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve;
}

/** What a receiver said: its status, or why there is none. */
export type PostOutcome = { readonly status: number } | { readonly error: string };

/** More than a receiver needs to say; the rest is not waited for. */
const ANSWER_BYTES_MAX = 16 * 1024;

/**
 * Posts a document once: over a connection of its own to the address that was judged, redirects not followed. Of the answer only the
 * status is kept, so that nothing can be read through this node.
 */
export async function postDocument(
  dest: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  options: PostOptions,
): Promise<PostOutcome> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const address = await unlessAborted(resolveDestination(dest, options.policy, options.resolve), signal);
    if (typeof address === 'string') return { error: address };
    const bytes = Buffer.from(body, 'utf8');
    return { status: await send(dest, address, { ...headers, 'content-length': String(bytes.length) }, bytes, signal) };
  } catch (error) {
    if (signal.aborted)
      return {
        error: options.signal.aborted ? 'This node was stopped.' : `No answer within ${options.timeoutMs / 1_000} s.`,
      };
    return { error: sentenceOf(error) };
  }
}

function send(
  dest: URL,
  address: ResolvedAddress,
  headers: Record<string, string>,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<number> {
  const request = dest.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      dest,
      { method: 'POST', headers, agent: false, lookup: pinnedTo(address), signal },
      (answer) => {
        readStatus(answer).then(resolve, reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** Resolves when the answer has ended, or when it has gone on for too long. */
function readStatus(answer: IncomingMessage): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0;
    answer.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > ANSWER_BYTES_MAX) answer.destroy();
    });
    answer.on('close', () => resolve(answer.statusCode ?? 0));
    answer.on('error', reject);
  });
}

/** Connects to this address, whatever the name resolves to by now; TLS still checks the name. */
function pinnedTo({ address, family }: ResolvedAddress): LookupFunction {
  return (_hostname, options, done) => {
    if (options.all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nobody listens there (connection refused).',
  ECONNRESET: 'The receiver broke the connection.',
  EPIPE: 'The receiver broke the connection.',
  ENOTFOUND: 'The name has no address.',
  EAI_AGAIN: 'The name could not be resolved now.',
  EHOSTUNREACH: 'The address cannot be reached.',
  ENETUNREACH: 'The address cannot be reached.',
  ETIMEDOUT: 'The address does not answer.',
};

function sentenceOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') return SENTENCES[code] ?? `The connection failed (${code}).`;
  return `The request failed: ${String(message)}`;
}
