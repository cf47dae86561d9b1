import { compareStrings, type RecordWriter } from '#codec';
import { extendHistory, type ExecutionContext } from '#ledger';
import { CONTENTS } from './contents.js';
import { ITEM, type Item } from './item.js';

/** An item while an entry is carried out. */
export type WorkingItem = { -readonly [Field in keyof Item]: Item[Field] };

interface Loaded {
  readonly item: WorkingItem;
  /** `read`: nothing to write. `changed`: to be written. `concerned`: to be written, and its history grows by this entry. */
  use: 'read' | 'changed' | 'concerned';
}

interface LoadedContents {
  readonly children: Set<string>;
  changed: boolean;
}

/**
 * The items and containers that one entry works on. Each record is read once and written once, in key order, however
 * often the entry names it; an item's history grows by one entry, not by one event.
 */
export class WorkingItems {
  private readonly items = new Map<string, Loaded>();
  private readonly contents = new Map<string, LoadedContents>();

  constructor(
    private readonly state: RecordWriter,
    private readonly context: ExecutionContext,
  ) {}

  /** The item as it stands now, without saying that the entry concerns it; undefined when the ledger does not know it. */
  peek(key: string): Readonly<WorkingItem> | undefined {
    return this.load(key)?.item;
  }

  /** An item that exists, to be changed by something that does not name it (its container was emptied). */
  change(key: string): WorkingItem | undefined {
    const loaded = this.load(key);
    if (loaded?.use === 'read') loaded.use = 'changed';
    return loaded?.item;
  }

  /** An item that the entry names: created when the ledger does not know it, its history grows by this entry. */
  concern(key: string): WorkingItem {
    const loaded = this.load(key) ?? this.create(key);
    loaded.use = 'concerned';
    return loaded.item;
  }

  /** What is directly inside a container now. */
  childrenOf(container: string): ReadonlySet<string> {
    return this.loadContents(container).children;
  }

  pack(key: string, item: WorkingItem, container: string): void {
    item.container = container;
    item.packedBy = this.context.entryId;
    this.contentsToChange(container).add(key);
  }

  unpack(key: string, item: WorkingItem): void {
    if (item.container === undefined) return;
    this.contentsToChange(item.container).delete(key);
    item.container = undefined;
    item.packedBy = undefined;
  }

  /** Writes what changed; call it once, when the entry holds. */
  save(): void {
    const { entryId } = this.context;
    for (const [key, { item, use }] of inKeyOrder(this.items)) {
      if (use === 'read') continue;
      if (use === 'concerned') {
        item.digest = extendHistory(item.count === 0 ? undefined : item.digest, entryId);
        item.count += 1;
      }
      this.state.put(ITEM, key, item);
    }
    for (const [container, { children, changed }] of inKeyOrder(this.contents)) {
      if (!changed) continue;
      if (children.size > 0) this.state.put(CONTENTS, container, [...children].sort(compareStrings));
      else if (this.state.get(CONTENTS, container) !== undefined) this.state.remove(CONTENTS, container);
    }
  }

  private load(key: string): Loaded | undefined {
    const loaded = this.items.get(key);
    if (loaded !== undefined) return loaded;
    const stored = this.state.get(ITEM, key);
    return stored === undefined ? undefined : this.remember(key, { ...stored });
  }

  private create(key: string): Loaded {
    return this.remember(key, {
      status: 'unknown',
      owner: undefined,
      custodian: undefined,
      container: undefined,
      lot: undefined,
      product: undefined,
      quantity: undefined,
      ownershipOffer: undefined,
      custodyOffer: undefined,
      commissionedBy: undefined,
      commissioner: undefined,
      assignedBy: undefined,
      packedBy: undefined,
      endedBy: undefined,
      createdBy: this.context.entryId,
      createdHeight: this.context.height,
      count: 0,
      digest: NO_DIGEST,
    });
  }

  private remember(key: string, item: WorkingItem): Loaded {
    const loaded: Loaded = { item, use: 'read' };
    this.items.set(key, loaded);
    return loaded;
  }

  private contentsToChange(container: string): Set<string> {
    const contents = this.loadContents(container);
    contents.changed = true;
    return contents.children;
  }

  private loadContents(container: string): LoadedContents {
    let contents = this.contents.get(container);
    if (contents === undefined) {
      contents = { children: new Set(this.state.get(CONTENTS, container)), changed: false };
      this.contents.set(container, contents);
    }
    return contents;
  }
}

/** Stands in an item that no entry concerns yet; never stored. */
const NO_DIGEST = new Uint8Array(0);

function inKeyOrder<T>(map: ReadonlyMap<string, T>): (readonly [string, T])[] {
  const entries = [...map];
  return entries.length < 2 ? entries : entries.sort(([a], [b]) => compareStrings(a, b));
}
