import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second of proc_pid_stat(5), the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU time of a PostgreSQL server so far, seconds: the postmaster, its processes, and those of them that have ended.
 * @returns undefined where there is no /proc
 */
export function postgresCpuSeconds(postmaster: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(name)) continue;
    const fields = statFields(name);
    if (fields === undefined) continue;
    const isPostmaster = Number(name) === postmaster;
    // Counted from the state, field 3: parent 4, utime 14, stime 15, and of ended children 16, 17.
    if (isPostmaster) ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    else if (Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}

function statFields(pid: string): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined; // ended meanwhile
  }
}
