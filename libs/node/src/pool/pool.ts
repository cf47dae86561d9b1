import { toHex } from '#codec';
import type { Did } from '#identity';
import type { DecodedEntry, EntryId } from '#ledger';

export interface PoolLimits {
  readonly entriesMax: number;
  readonly bytesMax: number;
  /** So that one organisation cannot fill every pool: most that one issuer may have waiting. */
  readonly entriesPerIssuerMax: number;
  readonly bytesPerIssuerMax: number;
}

const MIB = 2 ** 20;

export const POOL_LIMITS: PoolLimits = {
  entriesMax: 20_000,
  bytesMax: 64 * MIB,
  entriesPerIssuerMax: 10_000,
  bytesPerIssuerMax: 32 * MIB,
};

export type PoolErrorCode = 'POOL_FULL' | 'POOL_ISSUER_FULL';

/**
 * Entries that are well-formed, signed by a valid key and not yet on the chain, in the order in which they arrived. What the
 * rules say about an entry is asked late, when it is next in line, because the entries before it may decide.
 */
export class Pool {
  private readonly byId = new Map<EntryId, DecodedEntry>();
  private readonly byLeafHash = new Map<string, DecodedEntry>();
  private readonly perIssuer = new Map<Did, { entries: number; bytes: number }>();
  private byteCount = 0;

  constructor(private readonly limits: PoolLimits = POOL_LIMITS) {}

  get size(): number {
    return this.byId.size;
  }

  get bytes(): number {
    return this.byteCount;
  }

  get(id: EntryId): DecodedEntry | undefined {
    return this.byId.get(id);
  }

  has(id: EntryId): boolean {
    return this.byId.has(id);
  }

  /** The entry whose statement has this leaf hash (hexadecimal), so that a block's entries need not be decoded and verified again. */
  withLeafHash(leafHash: string): DecodedEntry | undefined {
    return this.byLeafHash.get(leafHash);
  }

  waitingOf(issuer: Did): number {
    return this.perIssuer.get(issuer)?.entries ?? 0;
  }

  /** @returns undefined when the entry is in the pool now, else why there is no room for it */
  add(entry: DecodedEntry): PoolErrorCode | undefined {
    const { entryId, issuer } = entry.statement;
    if (this.byId.has(entryId)) return undefined;
    if (this.byId.size >= this.limits.entriesMax || this.byteCount + entry.size > this.limits.bytesMax) return 'POOL_FULL';
    const share = this.perIssuer.get(issuer) ?? { entries: 0, bytes: 0 };
    const { entriesPerIssuerMax, bytesPerIssuerMax } = this.limits;
    if (share.entries >= entriesPerIssuerMax || share.bytes + entry.size > bytesPerIssuerMax) return 'POOL_ISSUER_FULL';
    this.byId.set(entryId, entry);
    this.byLeafHash.set(toHex(entry.leafHash), entry);
    this.perIssuer.set(issuer, { entries: share.entries + 1, bytes: share.bytes + entry.size });
    this.byteCount += entry.size;
    return undefined;
  }

  remove(id: EntryId): DecodedEntry | undefined {
    const entry = this.byId.get(id);
    if (entry === undefined) return undefined;
    this.byId.delete(id);
    this.byLeafHash.delete(toHex(entry.leafHash));
    const { issuer } = entry.statement;
    const share = this.perIssuer.get(issuer);
    if (share === undefined || share.entries === 1) this.perIssuer.delete(issuer);
    else this.perIssuer.set(issuer, { entries: share.entries - 1, bytes: share.bytes - entry.size });
    this.byteCount -= entry.size;
    return entry;
  }

  /** Oldest first. Entries may be removed while iterating. */
  entries(): IterableIterator<DecodedEntry> {
    return this.byId.values();
  }

  /** The oldest entries, at most `countMax`. */
  oldest(countMax: number): DecodedEntry[] {
    const taken: DecodedEntry[] = [];
    for (const entry of this.byId.values()) {
      if (taken.length === countMax) break;
      taken.push(entry);
    }
    return taken;
  }
}
