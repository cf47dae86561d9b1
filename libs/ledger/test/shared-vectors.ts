import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Other people's vectors lie beside the repository; they are read there and never copied into it. */
const VECTORS = join(REPOSITORY, '../shared/vectors');

/** `describe` where the folder is there, a visible skip where it is not. */
export function describeWithVectors(folder: string, name: string, body: () => void): void {
  if (existsSync(join(VECTORS, folder))) describe(name, body);
  else describe.skip(`${name} (skipped: ../shared/vectors/${folder} is absent)`, body);
}

/** Every JSON file below the folder, parsed, with its path for the test's name; nothing when the folder is absent. */
export function readVectors<T>(folder: string): readonly (T & { readonly file: string })[] {
  const root = join(VECTORS, folder);
  if (!existsSync(root)) return [{ file: 'absent' } as T & { readonly file: string }];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ ...(JSON.parse(readFileSync(join(root, file), 'utf8')) as T), file: relative('.', file) }));
}
