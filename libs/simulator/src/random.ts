/**
 * Pseudo-random numbers from a seed: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32. Each part of a simulated world has
 * a stream of its own, so that one draw more in one part does not shift the others.
 */
export class Random {
  private readonly state: [number, number, number, number];

  constructor(
    private readonly seed: number,
    stream = '',
  ) {
    let h = seed >>> 0;
    for (let i = 0; i < stream.length; i++) h = splitmix(h ^ stream.charCodeAt(i));
    this.state = [splitmix(h + 1), splitmix(h + 2), splitmix(h + 3), 1];
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** A stream of its own, the same for the same seed and name. */
  split(stream: string): Random {
    return new Random(this.seed, stream);
  }

  uint32(): number {
    const s = this.state;
    const result = (s[0] + s[1] + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = ((s[2] << 21) | (s[2] >>> 11)) + result;
    s[2] |= 0;
    return result >>> 0;
  }

  /** An integer in 0..limit − 1. */
  below(limit: number): number {
    return this.uint32() % limit;
  }

  /** An integer in min..max, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  /** True in `percent` of 100 cases; 0.1 % is the smallest step. */
  chance(percent: number): boolean {
    return this.below(1_000) < percent * 10;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

function splitmix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
