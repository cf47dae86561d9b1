// `npm test`: lint, types, build, then every test. The last line is Jest's own count, alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const only = process.argv.slice(2);
const bin = (name) => join('node_modules', '.bin', name);

function run(title, command, args) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status === 0;
}

let green = true;
if (only.length === 0) {
  green = run('lint', bin('eslint'), ['.']) && green;
  green = run('types', bin('tsc'), []) && green;
  green = run('types of the pure libs, without Node and DOM', bin('tsc'), ['-p', 'tsconfig.pure.json']) && green;
  green = run('types of the dashboard, for the browser', bin('tsc'), ['-p', 'apps/dashboard']) && green;
}
green = run('build', 'npm', ['run', '--silent', 'build']) && green;

const folder = mkdtempSync(join(tmpdir(), 'lading-test-'));
const report = join(folder, 'jest.json');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
green = run('tests', process.execPath, [...jest, '--json', `--outputFile=${report}`, ...only]) && green;

let counts;
try {
  counts = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  console.error('Jest wrote no report: it did not run to its end.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (counts === undefined) process.exit(1);
// A test file that cannot be loaded runs no test and must not vanish from the count.
const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
const skipped = counts.numPendingTests + counts.numTodoTests;
if (counts.numPassedTests === 0) green = false;
process.exitCode = green && failed === 0 ? 0 : 1;
console.log(`${counts.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
