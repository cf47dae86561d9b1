const STORED_AS = 'lading-network';

export interface PinnedNetwork {
  readonly id: string;
  /** ISO 8601 */
  readonly firstSeen: string;
}

/**
 * The network that this address showed at the first visit (trust on first use): a node that shows another one later is noticed.
 * @returns what was pinned before, or now
 */
export function pinnedNetwork(id: string): PinnedNetwork {
  const [pinnedId, firstSeen] = (localStorage.getItem(STORED_AS) ?? '').split(' ');
  if (pinnedId !== undefined && firstSeen !== undefined) return { id: pinnedId, firstSeen };
  const pinned = { id, firstSeen: new Date().toISOString() };
  localStorage.setItem(STORED_AS, `${pinned.id} ${pinned.firstSeen}`);
  return pinned;
}
