import type { ServerResponse } from 'node:http';
import type { CommittedBlock, LadingNode } from '#node';

const KEEP_ALIVE_MS = 15_000;
/** Blocks told in one go before others have their turn on the event loop. */
const BATCH_MAX = 50;

/** One client that is told blocks, at the pace at which it reads. */
export class BlockStream {
  private readonly unsubscribe: () => void;
  private readonly keepAlive: NodeJS.Timeout;
  private isStopped = false;
  private isPumping = false;

  /** @param next - height of the first block to tell */
  constructor(
    private readonly node: Pick<LadingNode, 'committed' | 'durableHeight' | 'onCommitted'>,
    private readonly response: ServerResponse,
    private next: number,
  ) {
    response.write('retry: 2000\n\n');
    this.unsubscribe = node.onCommitted(() => this.pump());
    this.keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
    this.pump();
  }

  /** No more is written. */
  stop(): void {
    this.isStopped = true;
    this.unsubscribe();
    clearInterval(this.keepAlive);
  }

  /** Closes the connection, too. */
  end(): void {
    this.stop();
    this.response.end();
  }

  /** Tells what there is, and waits where the client's buffer is full: blocks stay in the store, not in memory. */
  private pump(): void {
    if (this.isPumping || this.isStopped) return;
    for (let told = 0; this.next <= this.node.durableHeight(); told++) {
      const block = told < BATCH_MAX ? this.node.committed(this.next) : undefined;
      const hasRoom = block === undefined || this.response.write(eventText(block));
      if (block !== undefined) this.next++;
      if (block !== undefined && hasRoom) continue;
      this.isPumping = true;
      const goOn = (): void => {
        this.isPumping = false;
        this.pump();
      };
      if (hasRoom) setImmediate(goOn);
      else this.response.once('drain', goOn);
      return;
    }
  }
}

function eventText({ block, outcome }: CommittedBlock): string {
  const { header, hash, entries } = block;
  const kinds: Record<string, number> = {};
  for (const { statement } of entries) kinds[statement.kind] = (kinds[statement.kind] ?? 0) + 1;
  const data = {
    height: header.height,
    hash,
    time: new Date(header.time).toISOString(),
    proposer: header.proposer,
    entryCount: entries.length,
    kinds,
    findings: outcome.findings.reduce((sum, list) => sum + list.length, 0),
  };
  return `id: ${header.height}\nevent: block\ndata: ${JSON.stringify(data)}\n\n`;
}
