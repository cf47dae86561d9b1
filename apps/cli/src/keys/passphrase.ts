import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Environment } from '../config/environment.js';
import { CliError, EXIT } from '../cli-error.js';

/** Where a passphrase may come from, in this order: file, environment, prompt on a terminal. */
export interface PassphraseSource {
  readonly passphraseFile?: string;
  /** False with --no-input: never ask. */
  readonly input: boolean;
}

/**
 * @param twice - ask for it a second time, where a typing error would lock a key away
 * @throws CliError (usage) when there is none
 */
export async function readPassphrase(
  source: PassphraseSource,
  environment: Environment,
  twice: boolean,
): Promise<string> {
  const given = source.passphraseFile === undefined ? environment.passphrase : fromFile(source.passphraseFile);
  if (given !== undefined && given !== '') return given;
  if (given === undefined && source.input && process.stdin.isTTY) {
    const typed = await ask('Passphrase: ');
    if (twice && typed !== (await ask('The same again: ')))
      throw new CliError('The two passphrases differ.', EXIT.usage);
    if (typed !== '') return typed;
  }
  throw new CliError('A passphrase is needed.', EXIT.usage, 'Give --passphrase-file, or set LADING_PASSPHRASE.');
}

function fromFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CliError(`The passphrase file ${path} cannot be read.`, EXIT.notFound);
  }
}

/** Reads a line from the terminal without showing it. */
function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    terminal.once('SIGINT', () => {
      terminal.close();
      reject(new CliError('Interrupted.', EXIT.interrupted));
    });
    terminal.question('', (line) => {
      terminal.close();
      process.stderr.write('\n');
      resolve(line);
    });
  });
}
