import { JsonObject, writeJson, type JsonValue } from '#codec';
import type { RepairCode, RepairLog } from './repair-log.js';

/** Changes one object of a document member by member; each member remembers where it stood in what was sent. */
export class ObjectEditor {
  private readonly members: Map<string, JsonValue>;
  private readonly origins = new Map<string, string>();

  constructor(
    source: JsonObject,
    readonly pointer: string,
    readonly log: RepairLog,
  ) {
    this.members = new Map(source.members);
  }

  get names(): string[] {
    return [...this.members.keys()];
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  get(name: string): JsonValue | undefined {
    return this.members.get(name);
  }

  /** Pointer to a member as it was sent. */
  at(name: string): string {
    return this.origins.get(name) ?? pointerTo(this.pointer, name);
  }

  /** Sets a member without a word: for what the caller has logged itself. */
  set(name: string, value: JsonValue, origin?: string): void {
    this.members.set(name, value);
    if (origin !== undefined) this.origins.set(name, origin);
  }

  change(name: string, value: JsonValue, code: RepairCode, sentence: string): void {
    this.log.add(code, this.at(name), this.get(name), value, sentence);
    this.members.set(name, value);
  }

  remove(name: string, code: RepairCode, sentence: string): void {
    this.log.add(code, this.at(name), this.get(name), undefined, sentence);
    this.members.delete(name);
  }

  rename(from: string, to: string, code: RepairCode, sentence: string): void {
    this.log.add(code, this.at(from), from, to, sentence);
    this.moveIn(to, this.members.get(from) as JsonValue, this.at(from));
    this.members.delete(from);
  }

  /** Takes the members of `wrapper`, an object that EPCIS 2.0 does not have here, into this object. */
  unwrap(wrapper: string, code: RepairCode, sentence: string): void {
    const inner = this.get(wrapper);
    if (!(inner instanceof JsonObject)) return;
    const origin = this.at(wrapper);
    this.log.add(code, origin, inner, undefined, sentence);
    this.members.delete(wrapper);
    for (const [name, value] of inner.members) this.moveIn(name, value, pointerTo(origin, name));
  }

  toJson(): JsonObject {
    return new JsonObject(this.members, 0, 0);
  }

  /** Two different values for one field: which of them is meant cannot be known. */
  private moveIn(name: string, value: JsonValue, origin: string): void {
    const present = this.members.get(name);
    if (present !== undefined && writeJson(present) !== writeJson(value)) {
      this.log.refuse('EPCIS_AMBIGUOUS_FIELD', `this would be a second, different ${name}`, origin);
      return;
    }
    this.members.set(name, value);
    this.origins.set(name, origin);
  }
}

export function pointerTo(pointer: string, name: string | number): string {
  return `${pointer}/${`${name}`.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A new object, for what a repair makes. */
export function jsonObject(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  return new JsonObject(new Map(members), 0, 0);
}
