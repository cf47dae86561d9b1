import type { QueryRunner } from 'typeorm';
import type { EntryRow } from '../rows/entry.row.js';

/** Adds the entries of consecutive blocks to what each key has signed before. @param entries - in chain order */
export async function countKeyUsage(runner: QueryRunner, entries: readonly Pick<EntryRow, 'keyId' | 'height'>[]): Promise<void> {
  const usage = new Map<string, { entries: number; readonly first: number; last: number }>();
  for (const { keyId, height } of entries) {
    const known = usage.get(keyId);
    if (known === undefined) usage.set(keyId, { entries: 1, first: height, last: height });
    else {
      known.entries++;
      known.last = height;
    }
  }
  if (usage.size === 0) return;
  const counted = [...usage.values()];
  await runner.query(
    `INSERT INTO key_usage (key_id, entries, first_height, last_height) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
     ON CONFLICT (key_id) DO UPDATE SET entries = key_usage.entries + excluded.entries, last_height = excluded.last_height`,
    [[...usage.keys()], counted.map((key) => key.entries), counted.map((key) => key.first), counted.map((key) => key.last)],
  );
}
