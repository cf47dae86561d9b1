import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CliError, EXIT, type ExitCode } from '../cli-error.js';
import { writePrivateJson } from './private-file.js';

/** What another `lading dev …` may ask of the running supervisor. `which`: an organisation's number from 1, or `database`. */
export interface ControlActions {
  start(which: string): Promise<string>;
  stop(which: string): Promise<string>;
  stopAll(): Promise<string>;
  status(): Promise<string>;
}

const ACTIONS = ['start', 'stop', 'stopAll', 'status'] as const satisfies readonly (keyof ControlActions)[];

/** `<data dir>/control.json`. Only this user can read it, so the token tells the user's own commands from others'. */
interface ControlFile {
  readonly url: string;
  readonly token: string;
}

interface Answer {
  readonly message: string;
  readonly failed?: { readonly exitCode: ExitCode; readonly next?: string };
}

/**
 * Listens for `lading dev start|stop|status`. On loopback with a token rather than on a Unix socket, whose path may not be
 * longer than about 100 characters.
 * @returns close
 */
export async function openControl(path: string, actions: ControlActions): Promise<() => Promise<void>> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    if (!hasToken(request, token)) {
      response.writeHead(401).end();
      return;
    }
    void answer(request, actions).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  writePrivateJson(path, { url: `http://127.0.0.1:${port}`, token } satisfies ControlFile);
  return () => {
    rmSync(path, { force: true });
    return close(server);
  };
}

/**
 * Asks the supervisor of a data directory.
 * @returns its answer, for people
 * @throws CliError (not found) when none runs there, or the failure that the supervisor reports
 */
export async function askSupervisor(path: string, action: keyof ControlActions, which = ''): Promise<string> {
  const none = new CliError(
    'No development network is running on this data directory.',
    EXIT.notFound,
    'Start one with `npm start`, or name its --data-dir.',
  );
  let body: Answer;
  try {
    const { url, token } = JSON.parse(readFileSync(path, 'utf8')) as ControlFile;
    const response = await fetch(`${url}/${action}/${encodeURIComponent(which)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw none;
    body = (await response.json()) as Answer;
  } catch {
    throw none;
  }
  if (body.failed !== undefined) throw new CliError(body.message, body.failed.exitCode, body.failed.next);
  return body.message;
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function answer(request: IncomingMessage, actions: ControlActions): Promise<Answer> {
  const [, name, which = ''] = (request.url ?? '').split('/');
  const action = ACTIONS.find((known) => known === name);
  try {
    if (action === undefined) throw new CliError(`The running network does not know "${name}".`, EXIT.usage);
    return { message: await actions[action](decodeURIComponent(which)) };
  } catch (error) {
    if (!(error instanceof CliError)) return { message: String(error), failed: { exitCode: EXIT.failed } };
    return {
      message: error.message,
      failed: { exitCode: error.exitCode, ...(error.next === undefined ? {} : { next: error.next }) },
    };
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
