import { Buffer } from 'node:buffer';

// Big-endian, so that LMDB's order of keys is the order of the numbers. Every byte is written: `allocUnsafe` takes them from
// Node's pool, which counts with thousands of keys per block.

/** 8 bytes. */
export function heightKey(height: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt(height));
  return key;
}

/** 9 bytes: level, index on that level. */
export function logKey(level: number, index: number): Buffer {
  const key = Buffer.allocUnsafe(9);
  key.writeUInt8(level);
  key.writeBigUInt64BE(BigInt(index), 1);
  return key;
}

export function hashKey(hash: string): Buffer {
  return Buffer.from(hash, 'hex');
}

export function stateKey(key: string): Buffer {
  return Buffer.from(key, 'utf8');
}

/** One byte before the path: LMDB has no empty keys, and the path of the root may be empty. */
export function treeKey(path: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(path.length + 1);
  key[0] = 0;
  key.set(path, 1);
  return key;
}
