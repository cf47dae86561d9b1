import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { createIndexDataSource, migrate } from '#index';
import { startEmbeddedPostgres } from '../../apps/cli/src/dev/postgres/embedded-postgres.js';
import { percentile } from '../ingest/percentile.js';
import { explainStatements, type AccessPath, type Explained } from './explained-statements.js';
import { fillIndex } from './fill-index.js';
import { questionsAbout, type Question } from './questions.js';
import { chooseSubjects } from './subjects.js';

export interface QueryPlansOptions {
  readonly events: number;
  readonly rng: number;
  readonly dataDir: string;
  readonly databaseUrl?: string;
}

/** The first runs bring pages into memory. */
const WARM_UP_RUNS = 2;
const RUNS = 7;

interface Measured extends Explained {
  readonly title: string;
  readonly rows: number;
  /** Median of the whole question, client and all. */
  readonly ms: number;
}

/** `npm run bench -- query-plans`: what is measured and how, docs/operations/query-plans.md. */
export async function runQueryPlans(options: QueryPlansOptions): Promise<void> {
  if (options.databaseUrl !== undefined) {
    await measureAll(options.databaseUrl, options);
    return;
  }
  const folder = mkdtempSync(join(options.dataDir, '.lading-bench-'));
  const port = 20_000 + Math.floor(Math.random() * 40_000);
  const log = join(folder, 'postgres.log');
  const server = await startEmbeddedPostgres({
    home: join(folder, 'postgres'),
    port,
    password: 'of-the-benchmark',
    log,
    connectionsMax: 10,
  });
  try {
    await measureAll(new URL('/postgres', server.url).href, options);
  } finally {
    await server.stop(10_000);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An empty database is filled first; another is asked as it is. */
async function measureAll(url: string, { events, rng }: QueryPlansOptions): Promise<void> {
  const dataSource = await createIndexDataSource({ url, poolSize: 2, applicationName: 'lading bench' }).initialize();
  try {
    const [known] = (await dataSource.query(`SELECT to_regclass('event') AS event`)) as [{ event: string | null }];
    if (known.event === null) {
      await migrate(dataSource);
      await fillIndex(dataSource, { events, seed: rng }, (sentence) => console.error(`  ${sentence}`));
      await vacuum(dataSource);
    }
    const subjects = await chooseSubjects(dataSource);
    const measured: Measured[] = [];
    for (const question of questionsAbout(subjects, dataSource)) measured.push(await measure(dataSource, question));
    console.error(describe(measured));
    const figures = measured.map(({ title, rows, ms, paths }) => ({
      title,
      rows,
      ms,
      readWhole: tablesReadWhole(paths),
    }));
    console.log(JSON.stringify({ events: subjects.eventCount, figures }));
  } finally {
    await dataSource.destroy();
  }
}

/** As autovacuum does in time: statistics for the planner, and pages marked so that an index alone can answer. Takes longer than a question may. */
async function vacuum(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SET statement_timeout = 0');
    await runner.query('VACUUM ANALYZE');
    await runner.query('RESET statement_timeout');
  } finally {
    await runner.release();
  }
}

async function measure(dataSource: DataSource, { title, ask }: Question): Promise<Measured> {
  for (let run = 0; run < WARM_UP_RUNS; run++) await ask();
  const samples: number[] = [];
  let rows = 0;
  for (let run = 0; run < RUNS; run++) {
    const startedAt = performance.now();
    rows = await ask();
    samples.push(performance.now() - startedAt);
  }
  return { title, rows, ms: percentile(samples, 0.5), ...(await explainStatements(dataSource, ask)) };
}

/** Markdown, as it stands in docs/operations/query-plans.md. */
function describe(measured: readonly Measured[]): string {
  const table = measured.map(
    ({ title, rows, ms, statements, buffersHit, buffersRead }) =>
      `| ${title} | ${ms} | ${rows} | ${statements} | ${buffersHit + buffersRead} |`,
  );
  const plans = measured.map(({ title, paths }) =>
    [`${title}`, ...paths.map((path) => `    ${pathText(path)}`)].join('\n'),
  );
  return ['| Question | ms | Rows | Statements | Pages |', '|---|---|---|---|---|', ...table, '', ...plans].join('\n');
}

function pathText({ table, how, index, loops, rows, discarded }: AccessPath): string {
  const way = index === null ? how : `${how} ${index}`;
  return `${table}: ${way}, ${loops} × , ${rows} rows${discarded === 0 ? '' : `, ${discarded} thrown away`}`.replace(
    ' × ,',
    ' ×,',
  );
}

/** Tables of one row, or of as many as there are organisations, are rightly read as a whole. */
const SMALL_TABLES: ReadonlySet<string> = new Set(['indexer_cursor', 'organization']);

function tablesReadWhole(paths: readonly AccessPath[]): readonly string[] {
  return paths
    .filter(({ table, how }) => how.endsWith('Seq Scan') && !SMALL_TABLES.has(table))
    .map(({ table }) => table);
}
