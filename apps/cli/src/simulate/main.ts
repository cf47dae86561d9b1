// npm run simulate -- --seeds A..B [--validators N] [--trace]
import { Command, InvalidArgumentError } from 'commander';
import { simulate, Violation } from '#simulator';

interface Options {
  readonly seeds: readonly [number, number];
  readonly validators: number;
  readonly govern?: true;
  readonly trace?: true;
}

const command = new Command('simulate')
  .description('Runs whole networks on virtual time, one for each seed, and checks what the protocol promises.')
  .option('--seeds <from..to>', 'seeds to run, both included', parseSeeds, [1, 200])
  .option('--validators <n>', 'validators in each network, 1..31', parseValidators, 4)
  .option('--govern', 'validators leave and come back by vote meanwhile')
  .option('--trace', 'print everything that happens (for one seed)')
  .addHelpText('after', '\nExample:\n  npm run simulate -- --seeds 1..2000 --validators 7\n');

const { seeds, validators, govern, trace } = command.parse().opts<Options>();
process.exitCode = run(seeds, { count: validators, isGoverned: govern === true, isTraced: trace === true });

interface RunOptions {
  readonly count: number;
  readonly isGoverned: boolean;
  readonly isTraced: boolean;
}

function run([from, to]: readonly [number, number], { count, isGoverned, isTraced }: RunOptions): number {
  const started = performance.now();
  const sum = { blocks: 0, entries: 0, crashes: 0, changes: 0, virtualMs: 0 };
  let failures = 0;
  for (let seed = from; seed <= to; seed++) {
    try {
      const report = simulate({ seed, validators: count, isGoverned, ...(isTraced ? { trace: console.log } : {}) });
      sum.blocks += report.blocks;
      sum.entries += report.entriesFinal;
      sum.crashes += report.crashes;
      sum.changes += report.changes;
      sum.virtualMs += report.virtualMs;
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      failures++;
      console.error(
        `FAILED ${error.message}\n  repeat: npm run simulate -- --seeds ${seed}..${seed} --validators ${count}${isGoverned ? ' --govern' : ''} --trace`,
      );
      if (failures === 10) {
        console.error('10 failures, stopped');
        break;
      }
    }
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `${to - from + 1} seeds, ${count} validators: ${failures} failed; ${sum.blocks} blocks, ${sum.entries} entries final, ` +
      `${sum.crashes} crashes, ${sum.changes} changes of the validators, ${Math.round(sum.virtualMs / 1_000)} s of virtual time in ${seconds.toFixed(1)} s`,
  );
  return failures === 0 ? 0 : 1;
}

function parseSeeds(text: string): readonly [number, number] {
  const match = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('expected FROM..TO, for instance 1..200');
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (to < from) throw new InvalidArgumentError('the second seed must not be below the first');
  return [from, to];
}

function parseValidators(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 31) throw new InvalidArgumentError('expected 1..31');
  return count;
}
