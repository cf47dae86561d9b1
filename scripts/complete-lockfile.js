// `npm run lock`: writes package-lock.json from nothing and completes it. A registry that mirrors only some platforms leaves the
// optional packages of the others out of the lock, and `npm ci` then refuses it everywhere. They are named here with their platform,
// so that npm knows about them; where they are not needed they are never fetched.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

// A folder without node_modules: a lock that grew by repeated installs is never complete.
const folder = mkdtempSync(join(tmpdir(), 'lading-lock-'));
try {
  for (const file of ['package.json', '.npmrc']) copyFileSync(file, join(folder, file));
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  lock.packages = complete(lock.packages);
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function complete(packages) {
  const completed = { ...packages };
  for (const { optionalDependencies = {}, dev } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      if (completed[path] !== undefined) continue;
      const words = name.split(/[-/]/);
      const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
      const cpu = PROCESSORS.find((word) => words.includes(word)) ?? (/\barm/.test(name) ? 'arm' : undefined);
      if (!/^\d/.test(version) || (os === undefined && cpu === undefined)) throw new Error(`${name}@${version} is no package of one platform`);
      completed[path] = {
        version,
        ...(cpu === undefined ? {} : { cpu: [cpu] }),
        ...(dev ? { dev } : {}),
        optional: true,
        ...(os === undefined ? {} : { os: [os] }),
      };
    }
  }
  return Object.fromEntries(Object.entries(completed).sort(([a], [b]) => (a < b ? -1 : 1)));
}
