import type { JsonValue } from '#codec';
import { declaredNamespaces, remoteContexts, searchableFields, usedNamespaces, type EpcisEvent, type Namespaces } from '#trace';
import type { EventFieldRow } from '../rows/event-field.row.js';

/** A document of many small values must not fill everybody's database: what is beyond is recorded, but not found by these fields. */
const FIELDS_PER_ENTRY_MAX = 20_000;

/** Gathers, over the events of one entry, what queries look at besides items and the event's columns. */
export class EventDetails {
  readonly fields: EventFieldRow[] = [];
  #context: JsonValue | undefined;
  #declared: Namespaces = new Map();

  /**
   * @param raw - the event's own JSON text
   * @returns what the prefixes stand for that the event uses, null when it uses none
   */
  add(event: EpcisEvent, raw: string, position: number): Readonly<Record<string, string>> | null {
    const declared = this.#declaredFor(event);
    const found = searchableFields(event, declared, FIELDS_PER_ENTRY_MAX - this.fields.length);
    for (const [ordinal, { inner, time, ...field }] of found.entries()) {
      this.fields.push({ position, ordinal, isInner: inner, time: time === null ? null : new Date(time), ...field });
    }
    const used = usedNamespaces(event.json, raw, declared);
    return used.size === 0 ? null : Object.fromEntries(used);
  }

  /** @returns null when the event names none, as nearly all */
  contexts({ context, json }: EpcisEvent): readonly string[] | null {
    const own = json.get('@context');
    const contexts = [...new Set([...remoteContexts(context), ...(own === context ? [] : remoteContexts(own))])];
    return contexts.length === 0 ? null : contexts;
  }

  #declaredFor(event: EpcisEvent): Namespaces {
    // The events of a document share its context, and may add to it.
    if (event.context !== this.#context) {
      this.#context = event.context;
      this.#declared = declaredNamespaces(event.context);
    }
    const own = event.json.get('@context');
    return own === undefined || own === event.context ? this.#declared : new Map([...this.#declared, ...declaredNamespaces(own)]);
  }
}
