import { type RecordType, type RecordWriter } from '#codec';

/** State in memory that keeps encoded values, as a real one does: what is read went through encode and decode. */
export function memoryRecords(): RecordWriter & { readonly values: ReadonlyMap<string, Uint8Array> } {
  const values = new Map<string, Uint8Array>();
  return {
    values,
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
