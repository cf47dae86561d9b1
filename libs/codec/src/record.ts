/**
 * A kind of record in the ledger's state: how its values become bytes. The state key is `<prefix>/<id>`, in UTF-8.
 * Encoding must be injective and the same on every machine (deterministic CBOR), because the state root commits to it.
 */
export interface RecordType<T> {
  readonly prefix: string;
  encode(value: T): Uint8Array;
  /** @throws InvariantViolation when the stored bytes are not what `encode` writes */
  decode(bytes: Uint8Array): T;
}

/** Reads the state as it stands at this point of the block. Returned records are shared: never change one, put a new one. */
export interface RecordReader {
  get<T>(type: RecordType<T>, id: string): T | undefined;
}

export interface RecordWriter extends RecordReader {
  put<T>(type: RecordType<T>, id: string, value: T): void;
  remove<T>(type: RecordType<T>, id: string): void;
}
