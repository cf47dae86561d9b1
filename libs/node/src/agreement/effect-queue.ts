import type { Effect, VoteRecord } from '#consensus';

/**
 * Carries effects out one by one, in order. A `Persist` holds back everything after it until the journal says that the
 * record is durable: nothing that was signed leaves the node before it is on disk (DESIGN section 6, item 4). Records that
 * follow each other are written together.
 */
export class EffectQueue {
  private readonly waiting: Effect[] = [];
  private isBlocked = false;
  private isRunning = false;

  constructor(
    private readonly persist: (records: readonly VoteRecord[], onDurable: () => void) => void,
    private readonly perform: (effect: Exclude<Effect, { type: 'Persist' }>) => void,
  ) {}

  push(effects: readonly Effect[]): void {
    this.waiting.push(...effects);
    this.run();
  }

  private run(): void {
    // `perform` may cause further steps, which push again: the outer run carries them out, in order.
    if (this.isRunning) return;
    this.isRunning = true;
    while (!this.isBlocked) {
      const records = this.takeRecords();
      if (records.length > 0) {
        this.isBlocked = true;
        this.persist(records, () => {
          this.isBlocked = false;
          this.run();
        });
        continue;
      }
      const effect = this.waiting.shift();
      if (effect === undefined) break;
      if (effect.type !== 'Persist') this.perform(effect);
    }
    this.isRunning = false;
  }

  /** The records of the `Persist` effects that are next, if any. */
  private takeRecords(): VoteRecord[] {
    const records: VoteRecord[] = [];
    for (let next = this.waiting[0]; next?.type === 'Persist'; next = this.waiting[0]) {
      records.push(next.record);
      this.waiting.shift();
    }
    return records;
  }
}
