import { pino, type DestinationStream, type Logger } from 'pino';
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
