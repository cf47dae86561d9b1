interface Scheduled {
  readonly at: number;
  readonly sequence: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/** Virtual time: what is scheduled runs in the order of (time, sequence), in no time at all. A binary heap. */
export class Timeline {
  private readonly heap: Scheduled[] = [];
  private sequence = 0;
  private current: number;
  steps = 0;

  constructor(startMs: number) {
    this.current = startMs;
  }

  /** Milliseconds since 1970, in this world. */
  get now(): number {
    return this.current;
  }

  /** @returns cancel */
  after(ms: number, run: () => void): () => void {
    const scheduled: Scheduled = { at: this.current + Math.max(0, ms), sequence: this.sequence++, run, isCancelled: false };
    this.heap.push(scheduled);
    this.siftUp(this.heap.length - 1);
    return () => {
      scheduled.isCancelled = true;
    };
  }

  /** Runs everything up to `untilMs`, or until `isDone` says so. */
  run(untilMs: number, isDone: () => boolean = () => false): void {
    for (;;) {
      const next = this.heap[0];
      if (next === undefined || next.at > untilMs) {
        this.current = Math.max(this.current, untilMs);
        return;
      }
      this.pop();
      if (next.isCancelled) continue;
      this.current = next.at;
      this.steps++;
      next.run();
      if (isDone()) return;
    }
  }

  private pop(): void {
    const last = this.heap.pop() as Scheduled;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let smallest = index;
      if (left < this.heap.length && this.isBefore(left, smallest)) smallest = left;
      if (right < this.heap.length && this.isBefore(right, smallest)) smallest = right;
      if (smallest === index) return;
      this.swap(index, smallest);
      index = smallest;
    }
  }

  private siftUp(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const x = this.heap[a] as Scheduled;
    const y = this.heap[b] as Scheduled;
    return x.at !== y.at ? x.at < y.at : x.sequence < y.sequence;
  }

  private swap(a: number, b: number): void {
    const kept = this.heap[a] as Scheduled;
    this.heap[a] = this.heap[b] as Scheduled;
    this.heap[b] = kept;
  }
}
