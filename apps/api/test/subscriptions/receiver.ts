import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A subscriber’s server on loopback that keeps what it is sent. */
export interface Receiver {
  readonly url: string;
  /** Everything that arrived, also what was not taken. */
  readonly received: Received[];
  /** What was answered with 2xx, in order of arrival. */
  readonly taken: Received[];
  /** How the next requests are answered; 204 unless a test says otherwise. */
  answer: (received: Received, response: ServerResponse) => void;
  /** Stops listening and breaks connections. */
  down(): Promise<void>;
  /** Listens on the same port again. */
  up(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      receiver.received.push(received);
      receiver.answer(received, response);
      if (response.writableEnded && response.statusCode >= 200 && response.statusCode < 300)
        receiver.taken.push(received);
    });
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received: [],
    taken: [],
    answer: (_received, response) => void response.writeHead(204).end(),
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    up: () => listen(port),
  };
  return receiver;
}

interface Document {
  readonly 'urn:lading:nextPosition': number;
  readonly epcisBody: {
    readonly queryResults: {
      readonly resultsBody: {
        readonly eventList: readonly { readonly eventID: string; readonly epcList: readonly string[] }[];
      };
    };
  };
}

export function documentOf({ body }: Pick<Received, 'body'>): Document {
  return JSON.parse(body) as Document;
}

/** The serial numbers of the events in documents, in order. */
export function serialsIn(documents: readonly Pick<Received, 'body'>[]): string[] {
  return documents.flatMap((each) =>
    documentOf(each).epcisBody.queryResults.resultsBody.eventList.map(
      ({ epcList }) => epcList[0]?.split('/').at(-1) ?? '',
    ),
  );
}
