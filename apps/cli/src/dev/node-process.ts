import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, createWriteStream, openSync } from 'node:fs';
import { childEnvironment } from '../config/environment.js';
import { CliError } from '../cli-error.js';

const READY_MAX_MS = 60_000;
const STDERR_CHARACTERS_MAX = 4_000;

export interface NodeProcessOptions {
  readonly name: string;
  readonly program: string;
  readonly config: string;
  readonly log: string;
  /** Beside what every node gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a node process ended, in words: "exit code 1: …" or "signal SIGKILL". */
export interface NodeExit {
  readonly reason: string;
}

/**
 * One organisation's node as a child process. It shares no process group with the supervisor (a Ctrl-C in the terminal must
 * not reach it beside the supervisor's own signal) and ends itself when the channel to the supervisor breaks.
 */
export interface NodeProcess {
  readonly pid: number;
  /** Resolves when the node says that its API listens. @throws CliError when it ends before */
  readonly ready: Promise<void>;
  readonly ended: Promise<NodeExit>;
  kill(signal: NodeJS.Signals): void;
}

export function startNodeProcess(options: NodeProcessOptions): NodeProcess {
  const log = openSync(options.log, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = fork(options.program, ['--config', options.config], {
      detached: true,
      execPath: process.execPath,
      // Of the SQLite that locks a store's folder: nothing that an operator could act on.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: childEnvironment({ LADING_PARENT_IPC: '1', ...options.environment }),
      stdio: ['ignore', log, 'pipe', 'ipc'],
    });
  } finally {
    closeSync(log);
  }
  // A full disk loses lines of the log, and nothing else.
  child.stderr?.pipe(createWriteStream(options.log, { flags: 'a' }).on('error', () => undefined));
  const said = keepStderr(child);
  const ended = new Promise<NodeExit>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ reason: signal === null ? withSentence(`exit code ${code}`, said()) : `signal ${signal}` }),
    );
    child.once('error', (error) => resolve({ reason: error.message }));
  });
  return {
    pid: child.pid ?? 0,
    ready: waitForReady(child, ended, options),
    ended,
    kill: (signal) => void child.kill(signal),
  };
}

/** The node's last words: it writes one sentence there when it cannot start. */
function keepStderr(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(-STDERR_CHARACTERS_MAX)));
  return () => text.trim();
}

/** What the library for the disk, or a stack trace, writes around the sentence. */
const SENTENCE = /^(?:\w*(?:Error|Violation)\b|[A-Z]+(?:_[A-Z]+)+:)/;

/** The last line that names an error, else the last that is not indented: what a node writes on purpose is one sentence. */
function withSentence(reason: string, said: string): string {
  const lines = said.split('\n').filter((line) => /^\w/.test(line));
  const line = lines.findLast((candidate) => SENTENCE.test(candidate)) ?? lines.at(-1);
  return line === undefined ? reason : `${reason}: ${line}`;
}

async function waitForReady(child: ChildProcess, ended: Promise<NodeExit>, options: NodeProcessOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      new Promise<void>((resolve) => {
        child.on('message', (message) => {
          if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready')
            resolve();
        });
      }),
      ended.then(({ reason }) => {
        throw new CliError(`The node of ${options.name} did not start: ${reason}`, 1, `Its log is ${options.log}.`);
      }),
      new Promise((_, reject) => {
        timer = setTimeout(() => {
          reject(
            new CliError(
              `The node of ${options.name} was not ready after ${READY_MAX_MS / 1000} s.`,
              1,
              `Its log is ${options.log}.`,
            ),
          );
        }, READY_MAX_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
