import type { DataSource } from 'typeorm';

/** One way into a table, as PostgreSQL took it, over all statements of a question. */
export interface AccessPath {
  readonly table: string;
  /** `Seq Scan`, `Index Scan` … */
  readonly how: string;
  readonly index: string | null;
  /** How often it was entered. */
  readonly loops: number;
  /** Rows that came out of it, all entries together. */
  readonly rows: number;
  /** Rows that were read and thrown away. */
  readonly discarded: number;
}

export interface Explained {
  readonly statements: number;
  readonly paths: readonly AccessPath[];
  /** Pages of 8 KiB, found in PostgreSQL's memory and read from outside it. */
  readonly buffersHit: number;
  readonly buffersRead: number;
  /** Planning and execution as PostgreSQL measured them; with the cost of measuring each step. */
  readonly planningMs: number;
  readonly executionMs: number;
  readonly compilationMs: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

interface Plan {
  readonly Plan: PlanNode;
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
  readonly JIT?: { readonly Timing: { readonly Total: number } };
}

/**
 * Runs the statements that a question sends with EXPLAIN (ANALYZE, BUFFERS) too, each where it stands: in its transaction, with its
 * settings and values.
 */
export async function explainStatements(dataSource: DataSource, ask: () => Promise<unknown>): Promise<Explained> {
  const plans: Plan[] = [];
  const make = dataSource.createQueryRunner.bind(dataSource);
  dataSource.createQueryRunner = (mode) => {
    const runner = make(mode);
    const query = runner.query.bind(runner);
    const explained = async (statement: string, parameters?: unknown[]): Promise<unknown> => {
      if (/^\s*(SELECT|WITH)\b/.test(statement)) {
        const [answer] = (await query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`, parameters)) as [
          { 'QUERY PLAN': [Plan] },
        ];
        plans.push(answer['QUERY PLAN'][0]);
      }
      return query(statement, parameters);
    };
    return Object.assign(runner, { query: explained });
  };
  try {
    await ask();
  } finally {
    dataSource.createQueryRunner = make;
  }
  const sum = (value: (plan: Plan) => number): number => plans.reduce((total, plan) => total + value(plan), 0);
  return {
    statements: plans.length,
    paths: accessPaths(plans.map((plan) => plan.Plan)),
    buffersHit: sum((plan) => plan.Plan['Shared Hit Blocks']),
    buffersRead: sum((plan) => plan.Plan['Shared Read Blocks']),
    planningMs: sum((plan) => plan['Planning Time']),
    executionMs: sum((plan) => plan['Execution Time']),
    compilationMs: sum((plan) => plan.JIT?.Timing.Total ?? 0),
  };
}

/** Scans of tables; equal ones are added up. What was planned but never entered is left out. */
function accessPaths(roots: readonly PlanNode[]): AccessPath[] {
  const found = new Map<string, AccessPath>();
  const add = (path: AccessPath): void => {
    const key = `${path.table} ${path.how} ${path.index ?? ''}`;
    const before = found.get(key) ?? { ...path, loops: 0, rows: 0, discarded: 0 };
    found.set(key, {
      ...before,
      loops: before.loops + path.loops,
      rows: before.rows + path.rows,
      discarded: before.discarded + path.discarded,
    });
  };
  const visit = (node: PlanNode, table: string | undefined): void => {
    const how = node['Node Type'];
    const loops = node['Actual Loops'];
    const relation = node['Relation Name'] ?? table;
    // A bitmap heap scan reads what the bitmap index scans below it have found.
    if (relation !== undefined && how.includes('Scan') && how !== 'Bitmap Heap Scan' && loops > 0) {
      const discarded = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      add({
        table: relation,
        how,
        index: node['Index Name'] ?? null,
        loops,
        rows: Math.round(node['Actual Rows'] * loops),
        discarded: Math.round(discarded * loops),
      });
    }
    for (const child of node.Plans ?? []) visit(child, how.startsWith('Bitmap') ? relation : undefined);
  };
  for (const root of roots) visit(root, undefined);
  return [...found.values()];
}
