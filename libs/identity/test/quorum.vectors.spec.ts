import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { faultTolerance, quorum } from '#identity';

const file = new URL('../../../../shared/vectors/qbft/quorum-table.json', import.meta.url);
const hasVectors = existsSync(file);

(hasVectors ? it : it.skip)(
  `quorum and fault tolerance equal the QBFT specification's${hasVectors ? '' : ' (skipped: ../shared/vectors/qbft is absent)'}`,
  () => {
    const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: { n: number; f: number; quorum: number }[] };
    expect(rows.length).toBeGreaterThanOrEqual(100);
    expect(rows.map(({ n }) => ({ n, f: faultTolerance(n), quorum: quorum(n) }))).toEqual(rows);
  },
);
