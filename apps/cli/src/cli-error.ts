/** Exit codes of every command (docs/operations/development-network.md, "Exit codes"). */
export const EXIT = {
  ok: 0,
  /** Something that no other code describes. */
  failed: 1,
  usage: 2,
  notFound: 3,
  /** Refused by a rule of the ledger or by this organisation's own policy. */
  rejected: 4,
  verificationFailed: 5,
  /** A process, port or network that could not be reached. */
  network: 6,
  /** Something is already there: a running network, a key file, a taken port. */
  conflict: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure that the user can do something about: one sentence, and the next thing to do where there is one. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
    readonly next?: string,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/**
 * The error code of a failed system call (`ENOSPC`, `EADDRINUSE` …), where `error` is one. Told by its shape: an error may
 * come from another realm, where `instanceof` is false.
 */
export function systemCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The message of whatever was thrown; of the first failure where several are wrapped into one. */
export function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return messageOf(error.errors[0]);
  return 'message' in error ? String(error.message) : String(error);
}

/** What a failed system call means to the user; other errors are passed on as they are. */
export function explainSystemError(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CliError(
        `The disk that holds ${path} is full.`,
        EXIT.failed,
        'Free some space, or choose another place with --data-dir.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CliError(
        `${path} cannot be written.`,
        EXIT.failed,
        'Change its permissions, or choose another place with --data-dir.',
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new CliError(
        `${path} is in the way: a directory is needed there.`,
        EXIT.conflict,
        'Choose another place with --data-dir.',
      );
    default:
      return error;
  }
}
