import type { FoundEvent } from '#index';

export interface MergedNamespaces {
  /** Prefixes for the document's context. */
  readonly shared: ReadonlyMap<string, string>;
  /** By event: what its own context must say, because a prefix means something else there; null = no prefix at all. */
  readonly overrides: readonly (ReadonlyMap<string, string | null> | undefined)[];
}

/**
 * One context for events that were written under many: each prefix means what the first event that uses it says. An event for
 * which it means something else, or which writes it without declaring it, gets a context of its own.
 */
export function mergeNamespaces(events: readonly Pick<FoundEvent, 'namespaces' | 'raw'>[]): MergedNamespaces {
  const shared = new Map<string, string>();
  for (const { namespaces } of events) {
    for (const [prefix, uri] of Object.entries(namespaces)) if (!shared.has(prefix)) shared.set(prefix, uri);
  }
  return { shared, overrides: events.map((event) => overrideOf(event, shared)) };
}

function overrideOf(
  { namespaces, raw }: Pick<FoundEvent, 'namespaces' | 'raw'>,
  shared: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | null> | undefined {
  const override = new Map<string, string | null>();
  for (const [prefix, uri] of shared) {
    const own = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
    if (own === uri) continue;
    if (own !== undefined) override.set(prefix, own);
    else if (raw.includes(`"${prefix}:`)) override.set(prefix, null);
  }
  return override.size === 0 ? undefined : override;
}
