import type { JsonObject } from '#codec';
import type { EpcFormat } from '../gs1-headers.js';

/** An event with its identifiers in the spelling that the client asked for. */
export function inEpcFormat(event: JsonObject, format: EpcFormat): JsonObject {
  void format;
  return event;
}

/** One identifier, given as its canonical key (a Digital Link where it is a GS1 key). */
export function idInEpcFormat(key: string, format: EpcFormat): string {
  void format;
  return key;
}
