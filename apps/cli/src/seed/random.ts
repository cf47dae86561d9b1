/** Reproducible randomness: the same seed gives the same sequence on every machine (mulberry32). Not for secrets. */
export class Random {
  private state: number;

  /** @param seed - whole number */
  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 (included) to 1 (not included). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** True with that probability, 0..1. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.next() * values.length)] as T;
  }

  /** A UUID (version 8) in the form that EPCIS takes as eventID. */
  uuid(): string {
    const hex = Array.from({ length: 8 }, () => this.between(0, 0xffff).toString(16).padStart(4, '0'));
    const [a, b, c, d, e, ...rest] = hex as [string, string, string, string, string, ...string[]];
    return `urn:uuid:${a}${b}-${c}-8${d.slice(1)}-8${e.slice(1)}-${rest.join('')}`;
  }
}
