import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nodeConfigSchema, type NodeConfig } from './node-config.js';

/** Something that the operator must put right before the node can start; the message is the one sentence to print. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** A node's configuration with everything that the environment adds. */
export interface LoadedConfig extends NodeConfig {
  /** Undefined when neither LADING_PASSPHRASE nor a passphrase file is given. */
  readonly passphrase: string | undefined;
  /** A supervisor forked this process and wants it to end when the channel between them breaks (LADING_PARENT_IPC=1). */
  readonly endsWithParent: boolean;
}

/**
 * Reads the configuration once, at the start. The only reader of the environment:
 * LADING_NODE_CONFIG (path, unless `--config` is given), LADING_PASSPHRASE, DATABASE_URL, LADING_LOG_LEVEL, LADING_PARENT_IPC.
 *
 * @param argv - the arguments after the program's name
 * @throws StartupError with what to do
 */
export function loadConfig(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): LoadedConfig {
  const path = pathOf(argv) ?? env['LADING_NODE_CONFIG'];
  if (path === undefined) {
    throw new StartupError(
      'No configuration: give the path of the node’s JSON file with --config or in LADING_NODE_CONFIG.',
    );
  }
  const json = readJson(path);
  const overridden = {
    ...json,
    ...(env['DATABASE_URL'] === undefined ? {} : { databaseUrl: env['DATABASE_URL'] }),
    ...(env['LADING_LOG_LEVEL'] === undefined ? {} : { logLevel: env['LADING_LOG_LEVEL'] }),
  };
  const parsed = nodeConfigSchema.safeParse(overridden);
  if (!parsed.success) {
    const problems = parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`)
      .join('; ');
    throw new StartupError(
      `The configuration ${path} does not hold (${problems}); see docs/reference/api.md#configuration.`,
    );
  }
  const base = dirname(resolve(path));
  const config = parsed.data;
  return {
    ...config,
    genesis: resolve(base, config.genesis),
    dataDir: resolve(base, config.dataDir),
    ...(config.gs1PrefixList !== undefined && { gs1PrefixList: resolve(base, config.gs1PrefixList) }),
    keys: {
      node: resolve(base, config.keys.node),
      sign: resolve(base, config.keys.sign),
      ...(config.keys.admin === undefined ? {} : { admin: resolve(base, config.keys.admin) }),
    },
    passphrase: env['LADING_PASSPHRASE'] ?? passphraseIn(base, config.passphraseFile),
    endsWithParent: env['LADING_PARENT_IPC'] === '1',
  };
}

function pathOf(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--config');
  if (at >= 0) return argv[at + 1];
  return argv.find((argument) => argument.startsWith('--config='))?.slice('--config='.length);
}

function readJson(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StartupError(
      `The configuration file ${path} cannot be read: check the path given with --config or in LADING_NODE_CONFIG.`,
    );
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as for any other value that is not an object.
  }
  throw new StartupError(`The configuration file ${path} is not a JSON object.`);
}

function passphraseIn(base: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    // Editors and `echo` end a file with a line break that is not part of the passphrase.
    return readFileSync(resolve(base, path), 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new StartupError(
      `The passphrase file ${path} cannot be read: correct passphraseFile or set LADING_PASSPHRASE.`,
    );
  }
}
