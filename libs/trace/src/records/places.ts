import { assertInvariant, decodeCbor, fromHex, toHex, type CborValue } from '#codec';
import type { EntryId } from '#ledger';

// State records are CBOR arrays with a fixed number of places; null = absent. What stands in the state was judged before it
// was put there, so reading checks only that the bytes have the shape that `encode` writes.

/** Reads the places of one record in their order. */
export class Places {
  private next = 0;
  private readonly values: readonly CborValue[];

  /** @throws InvariantViolation when the bytes are not an array of `count` places */
  constructor(
    private readonly record: string,
    bytes: Uint8Array,
    count: number,
  ) {
    const decoded = decodeCbor(bytes);
    assertInvariant(decoded.ok && Array.isArray(decoded.value) && decoded.value.length === count, 'INV-STATE-2', {
      record,
    });
    this.values = decoded.value as readonly CborValue[];
  }

  text(): string {
    const value = this.value();
    this.expect(typeof value === 'string');
    return value as string;
  }

  optionalText(): string | undefined {
    return this.isAbsent() ? undefined : this.text();
  }

  count(): number {
    const value = this.value();
    this.expect(typeof value === 'number' && value >= 0);
    return value as number;
  }

  /** One of `names`, stored as its position. */
  oneOf<T extends string>(names: readonly T[]): T {
    const name = names[this.count()];
    this.expect(name !== undefined);
    return name as T;
  }

  bytes32(): Uint8Array {
    const value = this.value();
    this.expect(value instanceof Uint8Array && value.length === 32);
    return value as Uint8Array;
  }

  entryId(): EntryId {
    return toHex(this.bytes32()) as EntryId;
  }

  optionalEntryId(): EntryId | undefined {
    return this.isAbsent() ? undefined : this.entryId();
  }

  entryIds(): readonly EntryId[] {
    const value = this.value();
    this.expect(
      Array.isArray(value) &&
        (value as readonly CborValue[]).every((element) => element instanceof Uint8Array && element.length === 32),
    );
    return (value as readonly Uint8Array[]).map((bytes) => toHex(bytes) as EntryId);
  }

  texts(): readonly string[] {
    const value = this.value();
    this.expect(
      Array.isArray(value) && (value as readonly CborValue[]).every((element) => typeof element === 'string'),
    );
    return value as readonly string[];
  }

  private value(): CborValue {
    return this.values[this.next++] as CborValue;
  }

  private isAbsent(): boolean {
    if (this.values[this.next] !== null) return false;
    this.next++;
    return true;
  }

  private expect(holds: boolean): void {
    assertInvariant(holds, 'INV-STATE-2', { record: this.record, place: this.next - 1 });
  }
}

/** @returns the id's 32 bytes, or null for the place of an absent one */
export function entryIdPlace(id: EntryId | undefined): Uint8Array | null {
  return id === undefined ? null : (fromHex(id, 32) as Uint8Array);
}
