import type { Did, Height } from '#identity';
import type { Block } from '#ledger';
import type { Chain } from '../chain/chain.js';
import type { ChainStore, Clock, Observer, Transport } from '../ports.js';
import { BLOCKS_PER_MESSAGE_MAX, encodePeerMessage, type BlockBytes } from './peer-message.js';

/** Bound on the block bytes of one answer, about a quarter of a second of work for who asked; at least one block is always sent. */
const ANSWER_BYTES_MAX = 1024 * 1024;
const ANSWER_WAIT_MS = 5_000;
/** One block behind is normal while seals travel: only ask when the head did not move for this long. */
const ONE_BEHIND_WAIT_MS = 300;
/** Pause after an answer that brought nothing, and before asking again when no request could be sent. */
const RETRY_WAIT_MS = 250;
/** Answers that one peer gets in a second: more than a node that verifies what it gets can use, too few to keep this one busy. */
const ANSWERS_PER_SECOND_MAX = 32;

export interface CatchUpOptions {
  readonly chain: Chain;
  readonly store: ChainStore;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly observe: Observer;
  /** Heads that the connected peers told. */
  readonly heights: () => ReadonlyMap<Did, Height>;
  /** After at least one block was appended. */
  readonly onAppended: (blocks: readonly Block[]) => void;
}

/**
 * Fetches finalised blocks that this node missed. One request at a time; every block is verified (certificate, execution)
 * before the next, so that a lying peer can only waste its own answer.
 */
export class CatchUp {
  private request: { readonly peer: Did; readonly from: Height; readonly cancel: () => void } | undefined;
  private cancelOneBehind: (() => void) | undefined;
  private cancelRetry: (() => void) | undefined;
  /** Peers whose last answer was of no use; asked again only when nobody else is ahead. */
  private readonly avoided = new Set<Did>();
  /** From where each peer was asked last: on a slow link an answer may come after the wait for it, and is still good. */
  private readonly asked = new Map<Did, Height>();
  private readonly answered = new Map<Did, { second: number; count: number }>();
  private isStopped = false;

  constructor(private readonly options: CatchUpOptions) {}

  /** To be called when a peer told its head, when one went away, and when this node's head moved. */
  consider(): void {
    if (this.isStopped || this.request !== undefined || this.cancelRetry !== undefined) return;
    const { chain, heights, clock } = this.options;
    const own = chain.head.header.height;
    const ahead = [...heights()].filter(([, height]) => height > own);
    if (ahead.length === 0) return;
    if (Math.max(...ahead.map(([, height]) => height)) === own + 1) {
      this.cancelOneBehind ??= clock.after(ONE_BEHIND_WAIT_MS, () => {
        this.cancelOneBehind = undefined;
        if (chain.head.header.height === own) this.ask(ahead.map(([peer]) => peer));
        else this.consider();
      });
      return;
    }
    this.ask(ahead.map(([peer]) => peer));
  }

  /** Peers went away: whoever was asked may be one of them. */
  peersChanged(connected: readonly Did[]): void {
    if (this.request !== undefined && !connected.includes(this.request.peer)) this.endRequest();
    this.consider();
  }

  answer(peer: Did, from: Height, countMax: number): void {
    const { store, transport, chain } = this.options;
    if (!this.mayAnswer(peer)) return;
    const blocks: BlockBytes[] = [];
    let size = 0;
    for (let height = Math.max(from, 1); blocks.length < Math.min(countMax, BLOCKS_PER_MESSAGE_MAX); height++) {
      // Only what is durable here: a block that a crash could take back must not look final to others.
      if (height > chain.durableHeight) break;
      const block = store.block(height);
      const certificate = store.certificate(height);
      if (block === undefined || certificate === undefined) break;
      size += block.length + certificate.length;
      if (blocks.length > 0 && size > ANSWER_BYTES_MAX) break;
      blocks.push({ block, certificate });
    }
    transport.send(peer, 'bulk', encodePeerMessage({ type: 'blocks', from, blocks }));
  }

  receive(peer: Did, from: Height, blocks: readonly BlockBytes[]): void {
    const { chain, transport, observe, onAppended } = this.options;
    if (this.isStopped || this.asked.get(peer) !== from) return;
    this.asked.delete(peer);
    if (this.request?.peer === peer) this.endRequest();
    const appended: Block[] = [];
    for (const [offset, { block, certificate }] of blocks.entries()) {
      // Consensus may have appended it meanwhile.
      if (from + offset < chain.next.height) continue;
      const result = chain.appendFinalised(block, certificate);
      if (!result.ok) {
        this.avoided.add(peer);
        observe('catch-up.refused', { peer, height: from + offset, code: result.code, detail: result.detail });
        transport.disconnect(peer, result.code);
        break;
      }
      appended.push(result.value);
    }
    if (appended.length === 0) {
      this.avoided.add(peer);
      this.considerLater();
      return;
    }
    this.avoided.delete(peer);
    observe('catch-up.appended', { peer, height: chain.head.header.height, blocks: appended.length });
    onAppended(appended);
    this.consider();
  }

  stop(): void {
    this.isStopped = true;
    this.cancelOneBehind?.();
    this.cancelRetry?.();
    this.request?.cancel();
  }

  private ask(ahead: readonly Did[]): void {
    if (this.request !== undefined) return;
    const { chain, transport, clock, observe } = this.options;
    const candidates = ahead.filter((peer) => !this.avoided.has(peer));
    if (candidates.length === 0) this.avoided.clear();
    const from = chain.next.height;
    // Spread over the peers without randomness: the next one for the next range.
    const choice = candidates.length > 0 ? candidates : ahead;
    const peer = choice[from % choice.length];
    if (peer === undefined) return;
    const cancel = clock.after(ANSWER_WAIT_MS, () => {
      observe('catch-up.no-answer', { peer, from });
      this.avoided.add(peer);
      this.request = undefined;
      this.consider();
    });
    this.request = { peer, from, cancel };
    this.asked.set(peer, from);
    const isSent = transport.send(peer, 'bulk', encodePeerMessage({ type: 'get-blocks', from, countMax: BLOCKS_PER_MESSAGE_MAX }));
    if (isSent) return;
    // The bulk lane comes up after the vote lane: no answer will come, so do not wait for one.
    this.endRequest();
    this.avoided.add(peer);
    this.considerLater();
  }

  private considerLater(): void {
    this.cancelRetry ??= this.options.clock.after(RETRY_WAIT_MS, () => {
      this.cancelRetry = undefined;
      this.consider();
    });
  }

  private mayAnswer(peer: Did): boolean {
    const second = Math.floor(this.options.clock.now() / 1_000);
    const answered = this.answered.get(peer);
    if (answered?.second !== second) this.answered.set(peer, { second, count: 1 });
    else if (++answered.count > ANSWERS_PER_SECOND_MAX) return false;
    return true;
  }

  private endRequest(): void {
    this.request?.cancel();
    this.request = undefined;
  }
}
