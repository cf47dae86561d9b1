import { Buffer } from 'node:buffer';

// Big-endian, so that LMDB's order of keys is the order of the numbers.

/** 8 bytes. */
export function heightKey(height: number): Buffer {
  const key = Buffer.alloc(8);
  key.writeBigUInt64BE(BigInt(height));
  return key;
}

/** 9 bytes: level, index on that level. */
export function logKey(level: number, index: number): Buffer {
  const key = Buffer.alloc(9);
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
  const key = Buffer.alloc(path.length + 1);
  key.set(path, 1);
  return key;
}
