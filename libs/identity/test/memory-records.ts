import { type RecordType, type RecordWriter } from '#codec';

export interface MemoryRecords extends RecordWriter {
  readonly values: ReadonlyMap<string, Uint8Array>;
  /** Goes back to what `values` was. */
  restore(values: ReadonlyMap<string, Uint8Array>): void;
}

/** State in memory that keeps encoded values, as a real one does: what is read went through encode and decode. */
export function memoryRecords(): MemoryRecords {
  const values = new Map<string, Uint8Array>();
  return {
    values,
    restore(before) {
      values.clear();
      for (const [key, value] of before) values.set(key, value);
    },
    get<T>(type: RecordType<T>, id: string): T | undefined {
      const bytes = values.get(`${type.prefix}/${id}`);
      return bytes === undefined ? undefined : type.decode(bytes);
    },
    put<T>(type: RecordType<T>, id: string, value: T): void {
      values.set(`${type.prefix}/${id}`, type.encode(value));
    },
    remove<T>(type: RecordType<T>, id: string): void {
      values.delete(`${type.prefix}/${id}`);
    },
  };
}
