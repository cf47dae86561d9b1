import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { assertInvariant, compareStrings } from '#codec';
import type { Height } from '#identity';
import type { BlockHash, EntryId, EntryPosition } from '#ledger';
import type { ChainStore, EncodedCommit } from '#node';
import { headerOf } from './block-header.js';
import { Environment, type StoreOptions } from './environment.js';
import { hashKey, heightKey, logKey, stateKey, treeKey } from './keys.js';
import type { TableWrite } from './table.js';

const HEAD_KEY = Buffer.from('head');
const FORMAT_KEY = Buffer.from('format');
/** Layout of the tables. Raised when a later release cannot read what an earlier one wrote. */
const FORMAT = Buffer.from('1');

/** The store was written by another release, in a layout that this one does not know. */
export class StoreFormatUnknown extends Error {
  override readonly name = 'StoreFormatUnknown';
  readonly code = 'STORE_FORMAT_UNKNOWN';
}

/** A chain store that can be closed. `close` waits until everything committed is durable (or has failed). */
export interface ClosableChainStore extends ChainStore {
  close(): Promise<void>;
}

/**
 * The chain in LMDB, in `directory`. `commit` is visible at once; another thread writes it, and `onDurable` follows its fsync.
 * Blocks carry a checksum and are found by their header's hash: what the disk changed is never returned.
 *
 * @param directory - created when absent (mode 0700); of this process alone until `close`
 * @throws StoreInUse when another process has it open
 * @throws StoreDamaged, StoreFormatUnknown
 * @throws InvariantViolation INV-CHAIN-1, INV-CHAIN-2, INV-CHAIN-3 when the stored head is not what was written
 */
export function openChainStore(directory: string, options: StoreOptions = {}): ClosableChainStore {
  const environment = new Environment(directory, 'chain', options);
  try {
    return new LmdbChainStore(environment);
  } catch (error) {
    void environment.close();
    throw error;
  }
}

interface Head {
  readonly height: Height;
  readonly hash: BlockHash;
}

class LmdbChainStore implements ClosableChainStore {
  readonly #environment: Environment;
  readonly #blocks;
  readonly #certificates;
  readonly #outcomes;
  readonly #hashes;
  readonly #entries;
  readonly #state;
  readonly #tree;
  readonly #log;
  readonly #meta;
  #head: Head | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#blocks = environment.table('blocks');
    this.#certificates = environment.table('certificates');
    this.#outcomes = environment.table('outcomes');
    this.#hashes = environment.table('hashes');
    this.#entries = environment.table('entries');
    this.#state = environment.table('state');
    this.#tree = environment.table('tree');
    this.#log = environment.table('log');
    this.#meta = environment.table('meta');
    const format = this.#meta.get(FORMAT_KEY);
    if (format && !FORMAT.equals(format)) {
      throw new StoreFormatUnknown(`STORE_FORMAT_UNKNOWN: layout ${Buffer.from(format).toString()}, this release reads ${FORMAT.toString()}`);
    }
    this.#head = this.#readHead();
  }

  get height(): Height | undefined {
    return this.#head?.height;
  }

  block(height: Height): Uint8Array | undefined {
    const stored = this.#blocks.get(heightKey(height));
    if (!stored) return undefined;
    const bytes = stored.subarray(4);
    assertInvariant(Buffer.from(stored.buffer, stored.byteOffset).readUInt32BE() === crc32(bytes), 'INV-CHAIN-3', { height });
    const { header, hash } = headerOf(bytes);
    assertInvariant(this.heightOf(hash) === height, 'INV-CHAIN-3', { height, actual: hash });
    assertInvariant(header.height === height, 'INV-CHAIN-1', { expected: height, actual: header.height });
    const followsParent = height === 0 || this.heightOf(header.parentHash) === height - 1;
    assertInvariant(followsParent, 'INV-CHAIN-2', { height, parentHash: header.parentHash });
    return bytes;
  }

  certificate(height: Height): Uint8Array | undefined {
    return this.#certificates.get(heightKey(height));
  }

  outcome(height: Height): Uint8Array | undefined {
    return this.#outcomes.get(heightKey(height));
  }

  heightOf(hash: BlockHash): Height | undefined {
    const stored = this.#hashes.get(hashKey(hash));
    return stored && readHeight(stored);
  }

  entryPosition(id: EntryId): EntryPosition | undefined {
    const stored = this.#entries.get(hashKey(id));
    return stored && { height: readHeight(stored), index: Buffer.from(stored).readUInt32BE(8) };
  }

  stateValue(key: string): Uint8Array | undefined {
    return this.#state.get(stateKey(key));
  }

  stateIds(prefix: string): readonly string[] {
    const keys = this.#state.keys(stateKey(`${prefix}/`)).map((key) => key.toString('utf8').slice(prefix.length + 1));
    return keys.sort(compareStrings);
  }

  treeNode(path: Uint8Array): Uint8Array | undefined {
    return this.#tree.get(treeKey(path));
  }

  logNode(level: number, index: number): Uint8Array | undefined {
    return this.#log.get(logKey(level, index));
  }

  commit(encoded: EncodedCommit, onDurable: () => void): void {
    const { header, hash, bytes } = encoded.commit.block;
    const heightNext = this.#head ? this.#head.height + 1 : 0;
    assertInvariant(header.height === heightNext, 'INV-CHAIN-1', { expected: heightNext, actual: header.height });
    if (this.#head) {
      assertInvariant(header.parentHash === this.#head.hash, 'INV-CHAIN-2', {
        height: header.height,
        expected: this.#head.hash,
        actual: header.parentHash,
      });
    }
    assertInvariant(headerOf(bytes).hash === hash, 'INV-CHAIN-3', { height: header.height, hash });
    this.#environment.write(this.#writesOf(encoded), onDurable);
    this.#head = { height: header.height, hash };
  }

  close(): Promise<void> {
    return this.#environment.close();
  }

  #writesOf({ commit, certificateBytes, outcomeBytes }: EncodedCommit): TableWrite[] {
    const { block } = commit;
    const height = heightKey(block.header.height);
    const hash = hashKey(block.hash);
    const writes: TableWrite[] = [
      { table: this.#blocks, key: height, value: withChecksum(block.bytes) },
      { table: this.#outcomes, key: height, value: outcomeBytes },
      { table: this.#hashes, key: hash, value: height },
      { table: this.#meta, key: HEAD_KEY, value: Buffer.concat([height, hash]) },
      { table: this.#meta, key: FORMAT_KEY, value: FORMAT },
    ];
    if (certificateBytes) writes.push({ table: this.#certificates, key: height, value: certificateBytes });
    block.entries.forEach((entry, index) => {
      const position = Buffer.allocUnsafe(12);
      position.set(height);
      position.writeUInt32BE(index, 8);
      writes.push({ table: this.#entries, key: hashKey(entry.statement.entryId), value: position });
    });
    for (const { key, value } of commit.outcome.changes) writes.push({ table: this.#state, key: stateKey(key), value });
    for (const { path, node } of commit.treeWrites) writes.push({ table: this.#tree, key: treeKey(path), value: node });
    for (const { level, index, hash: node } of commit.logWrites) {
      writes.push({ table: this.#log, key: logKey(level, index), value: node });
    }
    return writes;
  }

  #readHead(): Head | undefined {
    const stored = this.#meta.get(HEAD_KEY);
    if (!stored) return undefined;
    const head: Head = { height: readHeight(stored), hash: Buffer.from(stored.subarray(8)).toString('hex') as BlockHash };
    const bytes = this.block(head.height);
    assertInvariant(bytes !== undefined, 'INV-CHAIN-1', { height: head.height });
    assertInvariant(headerOf(bytes).hash === head.hash, 'INV-CHAIN-3', { height: head.height, expected: head.hash });
    return head;
  }
}

/** CRC-32 before the bytes: bit rot in the contents of entries would not change the header's hash. */
function withChecksum(bytes: Uint8Array): Uint8Array {
  const stored = Buffer.allocUnsafe(4 + bytes.length);
  stored.writeUInt32BE(crc32(bytes));
  stored.set(bytes, 4);
  return stored;
}

function readHeight(stored: Uint8Array): Height {
  return Number(Buffer.from(stored.buffer, stored.byteOffset, 8).readBigUInt64BE());
}
