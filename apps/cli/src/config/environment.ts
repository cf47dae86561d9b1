// The one place of the command line that reads the environment.

/** Defaults for flags; the flag wins. */
export interface Environment {
  readonly dataDir: string | undefined;
  readonly portBase: string | undefined;
  readonly organizations: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly passphrase: string | undefined;
}

export function readEnvironment(): Environment {
  const given = (name: string): string | undefined => process.env[name] || undefined;
  return {
    dataDir: given('LADING_DATA_DIR'),
    portBase: given('LADING_PORT_BASE'),
    organizations: given('LADING_ORGANIZATIONS'),
    databaseUrl: given('DATABASE_URL'),
    passphrase: given('LADING_PASSPHRASE'),
  };
}

/** What a node would take from the environment in place of its own configuration file. */
const NODE_OVERRIDES = ['DATABASE_URL', 'LADING_PASSPHRASE', 'LADING_NODE_CONFIG'];

/** This process's environment for a child, without what would override the child's own configuration, with `extra` on top. */
export function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NODE_OVERRIDES.includes(name));
  return { ...Object.fromEntries(inherited), ...extra };
}
