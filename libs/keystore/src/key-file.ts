import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { failure, success, type Result } from '#codec';

export type KeyFileErrorCode = 'KEYSTORE_NOT_FOUND' | 'KEYSTORE_PERMISSIONS' | 'KEYSTORE_MALFORMED';

/** A keystore takes about 500 bytes. */
const FILE_BYTES_MAX = 4096;
const OWNER_ONLY = 0o600;
const GROUP_AND_WORLD = 0o077;

/** @throws what the file system says, except for a file that is not there */
export function readKeyFile(path: string): Result<Uint8Array, KeyFileErrorCode> {
  if (!existsSync(path)) return failure('KEYSTORE_NOT_FOUND', `there is no keystore at ${path}`);
  const file = openSync(path, 'r');
  try {
    const { mode } = fstatSync(file);
    if (process.platform !== 'win32' && (mode & GROUP_AND_WORLD) !== 0) {
      return failure(
        'KEYSTORE_PERMISSIONS',
        `others may read or write ${path}; make it yours alone: chmod 600 ${path}`,
      );
    }
    const bytes = new Uint8Array(FILE_BYTES_MAX + 1);
    const length = readSync(file, bytes);
    if (length > FILE_BYTES_MAX) return failure('KEYSTORE_MALFORMED', `${path} is too large for a keystore`);
    return success(bytes.slice(0, length));
  } finally {
    closeSync(file);
  }
}

/**
 * Writes the file whole or not at all, also when the machine stops meanwhile; on return it is on the disk.
 * @throws what the file system says
 */
export function writeKeyFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = openSync(temporary, 'wx', OWNER_ONLY);
  try {
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
  syncFolder(dirname(path));
}

/** The rename itself is durable only when the folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
