import { loadConfig, StartupError } from './config/load-config.js';
import { installSha256, InvariantViolation } from '#codec';
import { nativeSha256 } from '#keystore';
import { createLogger } from './logging/logger.js';
import { startNode } from './start-node.js';

/** EX_SOFTWARE of sysexits.h: an invariant of ours is broken; a restart alone does not mend it. */
const EXIT_INVARIANT = 70;
const STOP_MAX_MS = 5_000;

/** The process of one organisation's node: `node main.js --config <file>`. */
async function main(): Promise<void> {
  installSha256(nativeSha256);
  const config = loadConfig(process.argv.slice(2));
  const log = createLogger(config.logLevel, { did: config.did });
  let isDying = false;
  const die = (error: Error): void => {
    if (isDying) return;
    isDying = true;
    log.fatal({ err: error }, 'node stopped: it must not go on in this state');
    process.stderr.write(`${error.message}\n`);
    process.exit(error instanceof InvariantViolation ? EXIT_INVARIANT : 1);
  };
  process.on('uncaughtException', die);

  const running = await startNode(config, { logger: log, onFatal: die });
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  if (config.endsWithParent) process.on('disconnect', () => stop('the supervisor is gone'));

  log.info({ url: running.url }, 'ready');
  process.send?.({ type: 'ready', url: running.url });
}

main().catch((error: unknown) => {
  const sentence =
    error instanceof StartupError || !(error instanceof Error)
      ? String(error).replace(/^StartupError: /, '')
      : (error.stack ?? error.message);
  process.stderr.write(`${sentence}\n`);
  process.exit(error instanceof InvariantViolation ? EXIT_INVARIANT : 1);
});
