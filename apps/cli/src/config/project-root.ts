import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with Lading's package.json. Found by walking up, because this file runs from `dist/` in the command and from
 * the source in tests.
 */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json above the command line’s own files');
    folder = parent;
  }
  return folder;
}

/** The program of one organisation's node, as built. */
export function nodeProgram(): string {
  return join(projectRoot(), 'dist/apps/api/src/main.js');
}
