import type { TransportLimits } from './limits.js';

/** When to try next, after `failures` attempts in a row. Doubles up to the bound; jitter keeps peers that lost each other out of step. */
export function backoffMs(failures: number, limits: TransportLimits, random: number): number {
  if (failures === 0) return 0;
  const exponential = limits.reconnectMinMs * 2 ** Math.min(failures - 1, 16);
  return Math.min(exponential, limits.reconnectMaxMs) * (0.5 + random / 2);
}

/** One lane to one peer that this node may have to dial. */
export class DialSchedule {
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #attempting = false;
  #lastReason: string | undefined;

  /**
   * @param attempt - opens the link; resolves to whether there is one now
   * @param patienceMs - least delay: the other side is to dial first
   */
  constructor(
    private readonly limits: TransportLimits,
    private readonly patienceMs: number,
    private readonly attempt: () => Promise<boolean>,
  ) {}

  /** There is no link. Does nothing when an attempt is planned or under way. @param notBeforeMs - delay that a pause asks for */
  plan(notBeforeMs: number): void {
    if (this.#timer !== undefined || this.#attempting) return;
    const delay = Math.max(backoffMs(this.#failures, this.limits, Math.random()), this.patienceMs, notBeforeMs);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#run();
    }, delay);
  }

  /** The link ended. One that did not last counts as a failure, else two peers that refuse each other would spin. */
  ended(lifetimeMs: number): void {
    this.#lastReason = undefined;
    this.#failures = lifetimeMs < this.limits.reconnectMaxMs ? this.#failures + 1 : 0;
  }

  /** @returns whether this reason is news: a peer that stays away is reported once, not every few seconds */
  isNews(reason: string): boolean {
    const isNews = reason !== this.#lastReason;
    this.#lastReason = reason;
    return isNews;
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(): Promise<void> {
    this.#attempting = true;
    const linked = await this.attempt();
    this.#attempting = false;
    if (linked) return;
    this.#failures++;
    this.plan(0);
  }
}
