import type { DataSource } from 'typeorm';
import type { ChallengeStore } from './access.types.js';

/** WebAuthn challenges: random, short-lived, good once, in any process of the organisation. */
export class Challenges implements ChallengeStore {
  constructor(private readonly dataSource: DataSource) {}

  async give({ value, boundTo, lifetimeMs }: Parameters<ChallengeStore['give']>[0]): Promise<void> {
    await this.dataSource.query('DELETE FROM challenge WHERE expires_at < now()');
    await this.dataSource.query(
      `INSERT INTO challenge (value, bound_to, expires_at) VALUES ($1, $2, now() + $3 * interval '1 millisecond')`,
      [value, boundTo, lifetimeMs],
    );
  }

  async take(value: string, boundTo: string): Promise<boolean> {
    if (value.includes('\0')) return false;
    const [taken] = (await this.dataSource.query(
      'DELETE FROM challenge WHERE value = $1 AND bound_to = $2 AND expires_at > now() RETURNING value',
      [value, boundTo],
    )) as [unknown[], number];
    return taken.length > 0;
  }
}
