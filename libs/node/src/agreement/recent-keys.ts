/** A bounded memory of keys: two generations, so that forgetting costs nothing per key. */
export class RecentKeys {
  private young = new Set<string>();
  private old = new Set<string>();

  /** @param sizeMax - at most twice as many keys are kept */
  constructor(private readonly sizeMax: number) {}

  /** @returns true when the key was not there */
  add(key: string): boolean {
    if (this.young.has(key) || this.old.has(key)) return false;
    this.young.add(key);
    if (this.young.size >= this.sizeMax) {
      this.old = this.young;
      this.young = new Set();
    }
    return true;
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}
