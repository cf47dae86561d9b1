import { percentile, round } from './percentile.js';
import { HttpConnection, type HttpAnswer } from './http-connection.js';
import type { LoadCommand, LoadReport, LoadResult, LoadTarget } from './messages.js';
import { signRequests } from './signed-requests.js';

const RETRY_AFTER_MS = 50;

/** The signed requests of one organisation, sent to its own node; each is sent once. */
interface Stock {
  readonly target: LoadTarget;
  readonly requests: Buffer[];
  next: number;
}

let stocks: Stock[] = [];

process.on('message', (command: LoadCommand) => {
  void carryOut(command).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());

async function carryOut(command: LoadCommand): Promise<LoadReport> {
  switch (command.do) {
    case 'prepare': {
      const startedAt = performance.now();
      const count = Math.ceil(command.entries / command.targets.length);
      stocks = await Promise.all(
        command.targets.map(async (target) => ({
          target,
          requests: await signRequests(target, command.networkId, { first: 1, count, notAfter: command.notAfter }),
          next: 0,
        })),
      );
      return { done: 'prepare', seconds: (performance.now() - startedAt) / 1000 };
    }
    case 'load': {
      const each = Math.max(1, Math.round(command.connections / stocks.length));
      const clients = stocks.flatMap((stock) => Array.from({ length: each }, () => stock));
      return { done: 'load', ...(await drive(clients, { seconds: command.seconds })) };
    }
    case 'idle':
      return { done: 'idle', ...(await drive(stocks.slice(0, 1), { entries: command.entries })) };
  }
}

/** One connection per element of `clients`, each sending the next entry when the one before is final. */
async function drive(
  clients: readonly Stock[],
  until: { readonly seconds?: number; readonly entries?: number },
): Promise<LoadResult> {
  const connections = await Promise.all(clients.map(({ target }) => HttpConnection.open(target.host, target.port)));
  const acknowledged: string[] = [];
  const latencies: number[] = [];
  let inTime = 0;
  let deferred = 0;
  let ranOut = false;
  const startedAt = performance.now();
  const deadline = startedAt + (until.seconds ?? Infinity) * 1000;

  await Promise.all(
    clients.map(async (stock, index) => {
      const connection = connections[index] as HttpConnection;
      while (performance.now() < deadline && acknowledged.length < (until.entries ?? Infinity)) {
        const request = stock.requests[stock.next++];
        if (request === undefined) {
          ranOut = true;
          break;
        }
        const sentAt = performance.now();
        let answer = await connection.send(request);
        while (answer.status === 503) {
          deferred++;
          await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
          answer = await connection.send(request);
        }
        const answeredAt = performance.now();
        acknowledged.push(finalEntryId(answer));
        latencies.push(answeredAt - sentAt);
        if (answeredAt <= deadline) inTime++;
      }
      connection.close();
    }),
  );
  const seconds = ranOut || until.seconds === undefined ? (performance.now() - startedAt) / 1000 : until.seconds;
  return {
    entriesPerSecond: round(inTime / seconds),
    finalityMs: { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) },
    acknowledged,
    deferred,
    ranOut,
  };
}

function finalEntryId({ status, body }: HttpAnswer): string {
  const id = status === 201 ? /"entryId":"([0-9a-f]{64})"/.exec(body)?.[1] : undefined;
  if (id === undefined) throw new Error(`an entry was not acknowledged as final: ${status} ${body}`);
  return id;
}
