/**
 * JSON as read by `parseStrictJson`: nothing is rounded, nothing is dropped. Numbers keep their text, objects know
 * where they stand in the source.
 */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;

/** A JSON number, exactly as written (RFC 8259 section 6), for instance `1.50`. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

export class JsonObject {
  constructor(
    readonly members: ReadonlyMap<string, JsonValue>,
    /** Byte offsets in the source: `source.subarray(start, end)` is this object's text. */
    readonly start: number,
    readonly end: number,
  ) {}

  get(name: string): JsonValue | undefined {
    return this.members.get(name);
  }
}
