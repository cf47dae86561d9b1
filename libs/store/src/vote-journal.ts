import { Buffer } from 'node:buffer';
import { assertInvariant, decodeCbor, encodeCbor } from '#codec';
import type { VoteRecord } from '#consensus';
import type { Height } from '#identity';
import type { VoteJournal } from '#node';
import { Environment, type StoreOptions } from './environment.js';
import { heightKey } from './keys.js';
import type { Table } from './table.js';

/** In the order in which a node signs them within one round; the number is part of the stored key. */
const KINDS: readonly VoteRecord['kind'][] = ['round-change', 'proposal', 'prepare', 'commit'];
const KEY_BYTES = 13;
const VOTES_FROM_KEY = Buffer.from('votes-from');

/** A vote journal that can be closed. `close` waits until everything recorded is durable (or has failed). */
export interface ClosableVoteJournal extends VoteJournal {
  close(): Promise<void>;
}

/**
 * What this node has signed, in an LMDB environment of its own: a vote's fsync never waits for a block's.
 * Check and record are one step: nothing else can have the directory open, and nothing runs between the two.
 *
 * @throws StoreInUse when another process has it open
 * @throws StoreDamaged
 * @throws InvariantViolation INV-CONS-2 when the stored records cannot be read: signing on would risk a second vote
 */
export function openVoteJournal(directory: string, options: StoreOptions = {}): ClosableVoteJournal {
  const environment = new Environment(directory, 'votes', options);
  try {
    return new LmdbVoteJournal(environment);
  } catch (error) {
    void environment.close();
    throw error;
  }
}

class LmdbVoteJournal implements ClosableVoteJournal {
  readonly #environment: Environment;
  readonly #votes: Table;
  readonly #meta: Table;
  /** By stored key as Latin-1 text, whose order is that of height, round and kind. A few heights, since `prune` follows the chain. */
  readonly #records: Map<string, VoteRecord>;
  /** Forgotten, and still stored. */
  #pruned: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#votes = environment.table('votes');
    this.#meta = environment.table('meta');
    this.#records = new Map();
    for (const { key, value } of this.#votes.stored()) this.#records.set(nameOf(key), decodeRecord(key, value));
  }

  load(height: Height): readonly VoteRecord[] {
    return [...this.#records]
      .filter(([, record]) => record.height >= height)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, record]) => record);
  }

  get votesFrom(): Height | undefined {
    const stored = this.#meta.get(VOTES_FROM_KEY);
    return stored && Number(Buffer.from(stored).readBigUInt64BE());
  }

  set votesFrom(height: Height | undefined) {
    const value = height === undefined ? null : heightKey(height);
    this.#environment.write([{ table: this.#meta, key: VOTES_FROM_KEY, value }], () => undefined);
  }

  record(records: readonly VoteRecord[], onDurable: () => void): void {
    const added = records.filter((record) => !this.#isRepeat(record));
    if (added.length === 0) return this.#environment.whenDurable(onDurable);
    const removals = this.#pruned.map((name) => ({ table: this.#votes, key: Buffer.from(name, 'latin1'), value: null }));
    const writes = added.map((record) => ({ table: this.#votes, key: keyOf(record), value: encodeRecord(record) }));
    this.#environment.write([...removals, ...writes], onDurable);
    for (const record of added) this.#records.set(nameOf(keyOf(record)), record);
    this.#pruned = [];
  }

  /** Removes from the disk with the next vote: a transaction of its own would make that vote wait for one more fsync. */
  prune(height: Height): void {
    for (const [name, record] of this.#records) {
      if (record.height >= height) continue;
      this.#records.delete(name);
      this.#pruned.push(name);
    }
  }

  close(): Promise<void> {
    return this.#environment.close();
  }

  /** @throws InvariantViolation INV-CONS-2 when something else was signed before */
  #isRepeat(record: VoteRecord): boolean {
    const earlier = this.#records.get(nameOf(keyOf(record)));
    if (earlier === undefined) return false;
    assertInvariant(earlier.digest === record.digest, 'INV-CONS-2', {
      height: record.height,
      round: record.round,
      kind: record.kind,
      signed: earlier.digest,
      refused: record.digest,
    });
    return true;
  }
}

/** Height (8 bytes, big-endian), round (4), kind (1). */
function keyOf({ height, round, kind }: VoteRecord): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  key.writeBigUInt64BE(BigInt(height));
  key.writeUInt32BE(round, 8);
  key.writeUInt8(KINDS.indexOf(kind), 12);
  return key;
}

function nameOf(key: Uint8Array): string {
  return Buffer.from(key).toString('latin1');
}

function encodeRecord({ digest, message, lock }: VoteRecord): Uint8Array {
  return encodeCbor(lock === undefined ? [digest, message] : [digest, message, lock]);
}

function decodeRecord(storedKey: Uint8Array, value: Uint8Array): VoteRecord {
  const key = Buffer.from(storedKey);
  const decoded = decodeCbor(value);
  const kind = KINDS[key[12] ?? KINDS.length];
  assertInvariant(decoded.ok && Array.isArray(decoded.value) && kind !== undefined, 'INV-CONS-2', { unreadable: key.toString('hex') });
  const [digest, message, lock] = decoded.value as [string, Uint8Array, Uint8Array?];
  const record = { height: Number(key.readBigUInt64BE()), round: key.readUInt32BE(8), kind, digest, message };
  return lock === undefined ? record : { ...record, lock };
}
