import { BEGINNING, compareMoments, END, intersect, type Span } from './moments.js';
import type { EventDetail } from './read-details.js';
import type { TracePlaceDto } from './trace.types.js';
import type { Walk } from './walk.js';

const NESTING_MAX = 16;

/** Where each node was last, by its own events and those of the containers that it was in at the time. */
export class Places {
  readonly #events = new Map<string, EventDetail[]>();
  readonly #stays = new Map<string, { readonly parent: string; readonly span: Span }[]>();

  constructor(walk: Walk, events: readonly EventDetail[]) {
    for (const event of events) {
      const tells = event.readPoint !== null || event.bizLocation !== null;
      if (!tells || event.supersededBy !== null || event.isErrorDeclaration) continue;
      for (const item of walk.concerns.get(event.position)?.keys() ?? []) append(this.#events, item, event);
    }
    for (const { child, parent, fromMs, fromPosition, toMs, toPosition } of walk.stays) {
      const to = toMs === null ? END : { ms: toMs, position: toPosition ?? 0 };
      append(this.#stays, child, { parent, span: { from: { ms: fromMs, position: fromPosition }, to } });
    }
  }

  last(item: string): TracePlaceDto | null {
    const event = this.#last(item, { from: BEGINNING, to: END }, NESTING_MAX);
    if (event === undefined) return null;
    const { bizLocation, readPoint, eventTime, position } = event;
    return { bizLocation, readPoint, eventTime, event: position };
  }

  #last(item: string, span: Span, nestingLeft: number): EventDetail | undefined {
    let last = this.#events.get(item)?.findLast((event) => intersect({ from: event, to: { ms: event.ms, position: event.position + 1 } }, span));
    if (nestingLeft === 0) return last;
    for (const stay of this.#stays.get(item) ?? []) {
      const within = intersect(stay.span, span);
      const other = within && this.#last(stay.parent, within, nestingLeft - 1);
      if (other !== undefined && (last === undefined || compareMoments(last, other) < 0)) last = other;
    }
    return last;
  }
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
