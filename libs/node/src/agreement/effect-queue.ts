import type { Effect } from '#consensus';

/**
 * Carries effects out one by one, in order. A `Persist` holds back everything after it until the journal says that the
 * record is durable: nothing that was signed leaves the node before it is on disk (DESIGN section 6, item 4).
 */
export class EffectQueue {
  private readonly waiting: Effect[] = [];
  private isBlocked = false;
  private isRunning = false;

  constructor(
    private readonly persist: (effect: Extract<Effect, { type: 'Persist' }>, onDurable: () => void) => void,
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
      const effect = this.waiting.shift();
      if (effect === undefined) break;
      if (effect.type === 'Persist') {
        this.isBlocked = true;
        this.persist(effect, () => {
          this.isBlocked = false;
          this.run();
        });
      } else {
        this.perform(effect);
      }
    }
    this.isRunning = false;
  }
}
