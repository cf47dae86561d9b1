import { Inject, Injectable } from '@nestjs/common';
import { quorum } from '#identity';
import type { IndexProgress, IndexReads } from '#index';
import type { LadingNode } from '#node';
import { INDEX_PROGRESS, INDEX_READS, LADING_NODE } from '../parts.js';

const INDEX_LAG_MAX = 100;
const PING_MS = 1_000;

export interface Check {
  readonly name: 'database' | 'index' | 'peers' | 'quorum' | 'clock';
  readonly ok: boolean;
  /** What is, and when it is not well what to do about it. */
  readonly detail: string;
}

/** Whether this node can do its work: each check says what it found and what to do. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(LADING_NODE) private readonly node: LadingNode,
    @Inject(INDEX_READS) private readonly reads: IndexReads,
    @Inject(INDEX_PROGRESS) private readonly index: IndexProgress,
  ) {}

  async checks(): Promise<readonly Check[]> {
    return [await this.database(), this.indexLag(), ...this.network(), this.clock()];
  }

  private async database(): Promise<Check> {
    const answered = await answersWithin(this.reads.asOf(), PING_MS);
    return answered
      ? { name: 'database', ok: true, detail: 'The database answers.' }
      : {
          name: 'database',
          ok: false,
          detail:
            'The database does not answer: check databaseUrl and that PostgreSQL runs. The ledger goes on meanwhile, reads answer 503.',
        };
  }

  private indexLag(): Check {
    const { lag, height, state } = this.index;
    if (state === 'database-down') {
      return {
        name: 'index',
        ok: false,
        detail: `The index cannot be written and stands at height ${height}: the log says why (index.failed).`,
      };
    }
    // The genesis block is always there: without it the schema may still be in the making.
    if (height < 0) return { name: 'index', ok: false, detail: 'The index has not begun: wait a moment.' };
    return lag <= INDEX_LAG_MAX
      ? { name: 'index', ok: true, detail: `The index is at height ${height}, ${lag} behind.` }
      : {
          name: 'index',
          ok: false,
          detail: `The index is ${lag} blocks behind and is catching up: wait, or read with ?minHeight= for what must be recent.`,
        };
  }

  private network(): Check[] {
    const validators = this.node.validators();
    const connected = validators.filter((validator) => validator.connected || validator.isSelf).length;
    const needed = quorum(validators.length);
    const missing = validators
      .filter((validator) => !validator.connected && !validator.isSelf)
      .map((validator) => validator.id);
    const isAlone = validators.length > 1 && connected <= 1;
    return [
      {
        name: 'peers',
        ok: !isAlone,
        detail:
          missing.length === 0
            ? 'All validators are connected.'
            : `Not connected: ${missing.join(', ')}. Check that their nodes run and that "peers" has their addresses.`,
      },
      connected >= needed
        ? {
            name: 'quorum',
            ok: true,
            detail: `${connected} of ${validators.length} validators reachable, ${needed} needed.`,
          }
        : {
            name: 'quorum',
            ok: false,
            detail: `Only ${connected} of ${validators.length} validators reachable, ${needed} needed: nothing becomes final until more are back. Entries wait meanwhile.`,
          },
    ];
  }

  /** Only the drift matters: a proposal whose time is too far from the others' clocks gets no votes. */
  private clock(): Check {
    const name = 'clock';
    const offsetMs = this.node.clockOffsetMs();
    if (offsetMs === undefined) return { name, ok: true, detail: 'There is no clock to compare with yet.' };
    const { clockDriftMaxMs } = this.node.next().parameters;
    const drift = `${Math.abs(offsetMs)} ms ${offsetMs < 0 ? 'behind' : 'ahead of'} the median of its peers, ${clockDriftMaxMs} ms are allowed`;
    if (Math.abs(offsetMs) > clockDriftMaxMs) {
      const detail = `This node’s clock is ${drift}: its proposals get no votes. Synchronise the clock (NTP).`;
      return { name, ok: false, detail };
    }
    const advice =
      Math.abs(offsetMs) > clockDriftMaxMs / 2 ? ' Warning: synchronise it (NTP) before it is too far off.' : '';
    return { name, ok: true, detail: `This node’s clock is ${drift}.${advice}` };
  }
}

async function answersWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
