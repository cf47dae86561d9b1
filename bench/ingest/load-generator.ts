import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadCommand, LoadReport } from './messages.js';

/** The process that signs and sends. */
export interface LoadGenerator {
  run<K extends LoadCommand['do']>(command: Extract<LoadCommand, { do: K }>): Promise<Extract<LoadReport, { done: K }>>;
  end(): void;
}

export function startLoadGenerator(): LoadGenerator {
  const child = fork(fileURLToPath(new URL('load-process.js', import.meta.url)), {
    execArgv: ['--max-old-space-size=2048'],
  });
  return {
    run: (command) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('the load generator ended'));
        child.once('exit', onExit);
        child.once('message', (report) => {
          child.off('exit', onExit);
          resolve(report as Extract<LoadReport, { done: typeof command.do }>);
        });
        child.send(command);
      }),
    end: () => void child.kill(),
  };
}
