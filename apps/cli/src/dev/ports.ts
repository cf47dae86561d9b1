import { createServer } from 'node:net';
import { CliError, EXIT, systemCode } from '../cli-error.js';

export interface WantedPort {
  readonly port: number;
  /** For the message: "the API of Maker". */
  readonly use: string;
}

/** @throws CliError (conflict) that names the first port on 127.0.0.1 that somebody else listens on */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const free = await Promise.all(wanted.map(({ port }) => isFree(port)));
  const taken = wanted[free.indexOf(false)];
  if (taken === undefined) return;
  throw new CliError(
    `Port ${taken.port}, for ${taken.use}, is already in use.`,
    EXIT.conflict,
    'Stop what listens there, or choose other ports with --port-base.',
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) =>
      systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
