import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type { LoggerService } from '@nestjs/common';

/**
 * Structured log, one JSON object per line (stdout unless `destination` says otherwise). Names used throughout: `requestId`,
 * `entryId`, `height`, `code`. Keys, tokens and contents never go into it; what could hold a token is cut out here as well,
 * should someone log a request.
 */
export function createLogger(
  level: string,
  base: Readonly<Record<string, unknown>>,
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level,
      base: { ...base },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          '*.headers.authorization',
          'headers',
          '*.headers',
          'passphrase',
          '*.passphrase',
        ],
        censor: '[removed]',
      },
    },
    destination,
  );
}

/** Members of a database's error that hold what was to be stored: contents, names, hashes of tokens. */
const VALUES_OF_DATABASE_ERRORS = ['parameters', 'driverError', 'detail', 'where', 'internalQuery'];

/** As pino does, without those values; what is thrown that is no error stays as it is. */
function describeError(thrown: unknown): unknown {
  const described: unknown = stdSerializers.err(thrown as Error);
  if (typeof described !== 'object' || described === null) return described;
  return Object.fromEntries(Object.entries(described).filter(([name]) => !VALUES_OF_DATABASE_ERRORS.includes(name)));
}

/** Nest's own messages: what it says while it starts is of interest at debug only. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: context.at(-1) }, String(message));
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: context.at(-1) }, String(message));
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.logger.trace({ context: context.at(-1) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.logger.warn({ context: context.at(-1) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    this.logger.error(
      { ...(message instanceof Error ? { err: message } : {}), context: context.at(-1) },
      String(message),
    );
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.logger.fatal({ context: context.at(-1) }, String(message));
  }
}
