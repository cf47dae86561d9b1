import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';

/** Start of the first meta page, after the page's own head: magic number and version of the data (mdb.c, MDB_meta). */
const META_OFFSET = 24;
const META = Buffer.from('dec0efbe0200', 'hex');

/** The file is there and is not what this store writes. */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged';
  readonly code = 'STORE_DAMAGED';
}

/**
 * Looks at the file before LMDB does: the binding crashes the process on a file that is not one of its own.
 * Absent and empty files are fine: LMDB makes a new one.
 * @throws StoreDamaged
 */
export function assertLmdbFile(path: string): void {
  const found = readStart(path, META_OFFSET + META.length);
  if (found.length > 0 && !found.subarray(META_OFFSET).equals(META)) {
    throw new StoreDamaged(`STORE_DAMAGED: ${path} is not an LMDB file`);
  }
}

function readStart(path: string, length: number): Buffer {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const start = Buffer.alloc(length);
    return start.subarray(0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
