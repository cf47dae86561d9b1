import { success, type Result } from '#codec';
import type { EntryAction } from '#ledger';
import { readDateTime } from '../epcis/time.js';
import type { FieldReader } from '../field-reader.js';
import { refuseForeignProduct } from '../recalls/refuse-foreign-product.js';
import { RECALL } from '../records/recall.js';
import { WorkingItems } from '../records/working-items.js';
import { makeAction } from './author.js';
import { readItemsField } from './content-fields.js';

export const RECALL_OPEN = 'recall.open';

/** Between which times the goods were made or shipped, as the opener sees it; RFC 3339 texts, no rule depends on them. */
export interface RecallWindow {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface RecallOpen extends EntryAction {
  readonly kind: typeof RECALL_OPEN;
  readonly title: string;
  readonly reason: string;
  /** How grave it is, in the words of the opener's authority (`I`, `II`, `III`). */
  readonly class: string | undefined;
  /** Canonical keys of the items and lots that are called back. */
  readonly items: readonly string[];
  readonly window: RecallWindow | undefined;
  readonly instructions: string | undefined;
}

const FIELDS: ReadonlySet<string> = new Set(['title', 'reason', 'class', 'items', 'window', 'instructions']);
const WINDOW_FIELDS: ReadonlySet<string> = new Set(['from', 'to']);

/** Whoever answers for a product calls items and lots of it back; their histories show it. */
export function readRecallOpen(content: FieldReader): Result<RecallOpen> {
  content.onlyFields(FIELDS, 'no-extensions');
  const recall = {
    kind: RECALL_OPEN,
    title: content.text('title', { lengthMax: 200 }),
    reason: content.text('reason', { lengthMax: 2000 }),
    class: content.optionalText('class', { lengthMax: 64 }),
    items: readItemsField(content, 'items'),
    window: readWindow(content),
    instructions: content.optionalText('instructions', { lengthMax: 4000 }),
  } as const;
  if (content.problems.first !== undefined) return content.problems.first;

  return success(
    makeAction(recall, (state, context) => {
      const { author, entryId, height } = context;
      const items = new WorkingItems(state, context);
      for (const [i, key] of recall.items.entries()) {
        const refused = refuseForeignProduct(state, key, author);
        if (refused !== undefined) return { ...refused, pointer: `/items/${i}` };
        items.concern(key);
      }
      items.save();
      state.put(RECALL, entryId, {
        state: 'open',
        openedBy: author,
        openedHeight: height,
        items: recall.items,
        closedBy: undefined,
      });
      return success([]);
    }),
  );
}

function readWindow(content: FieldReader): RecallWindow | undefined {
  const window = content.optionalChild('window');
  if (window === undefined) return undefined;
  window.onlyFields(WINDOW_FIELDS, 'no-extensions');
  const [from, to] = ['from', 'to'].map((name) =>
    window.optionalMatching(name, (text) => readDateTime(text) !== undefined, 'an RFC 3339 time with offset'),
  );
  const isBackwards =
    from !== undefined && to !== undefined && (readDateTime(from) ?? 0) > (readDateTime(to) ?? Number.MAX_VALUE);
  if (isBackwards) window.problems.add('BAD_VALUE', 'the window ends before it begins', window.at('to'));
  return { from, to };
}
