import type { Logger } from 'pino';
import type { Observer } from '#node';

type Level = 'debug' | 'info' | 'warn';

/** What an operator wants to see without asking, and what is wrong; everything else the node tells is for debugging. */
const LEVEL_OF_EVENT: Readonly<Record<string, Level>> = {
  'block.appended': 'info',
  'catch-up.appended': 'info',
  peer_connected: 'info',
  peer_disconnected: 'info',
  'block.refused': 'warn',
  'catch-up.refused': 'warn',
  'clock.off': 'warn',
  'consensus.equivocation': 'warn',
  'consensus.malformed': 'warn',
  'consensus.rejected': 'warn',
  'entry.refused': 'warn',
  'peer.malformed': 'warn',
  peer_refused: 'warn',
};

/** The node's and the transport's events as log lines. */
export function observeInto(log: Logger): Observer {
  return (event, detail) => log[LEVEL_OF_EVENT[event] ?? 'debug'](detail, event);
}

/** The indexer's events. Of an error only the message: a driver's error may hold the connection string with its password. */
export function observeIndexInto(log: Logger): Observer {
  return (event, { error, ...detail }) => {
    if (error === undefined) log.info(detail, event);
    else log.warn({ ...detail, reason: error instanceof Error ? error.message : String(error) }, event);
  };
}
