import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of the repository, as git lists them (tracked, or new and not ignored). */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const code = files.filter((path) => /^(libs|apps|migrations|bench)\/.*\.ts$/.test(path));
const read = (path: string): string => readFileSync(path, 'utf8');

describe('the repository keeps its habits', () => {
  it('names every invariant of the code in ARCHITECTURE.md', () => {
    // "INV-LOG-1, -2" in the table stands for both.
    const documented = read('ARCHITECTURE.md').replace(/(INV-[A-Z]+-)(\d+), -(\d+)/g, '$1$2 $1$3');
    const used = new Set(
      code.filter((path) => !path.includes('.spec.')).flatMap((path) => read(path).match(/INV-[A-Z]+-\d+/g) ?? []),
    );
    expect(used.size).toBeGreaterThan(10);
    expect([...used].filter((id) => !id.startsWith('INV-TEST') && !documented.includes(id))).toEqual([]);
  });

  it('has no link in its documents that leads nowhere', () => {
    const broken = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
          .map(([, target]) => target as string)
          .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(dirname(path), target)))
          .map((target) => `${path}: ${target}`),
      );
    expect(broken).toEqual([]);
  });

  it('leaves no note to finish later in the code', () => {
    const marker = new RegExp(['\\bTO', 'DO\\b|\\bFIX', 'ME\\b'].join(''));
    expect(code.filter((path) => !path.endsWith('repository.spec.ts') && marker.test(read(path)))).toEqual([]);
  });

  it('has a complete lockfile, without addresses: else `npm ci` fails on other machines (npm run lock)', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { optionalDependencies?: object; resolved?: string }> };
    const paths = Object.keys(lock.packages);
    const missing = Object.values(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)));
    expect(missing).toEqual([]);
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('lists each lib for the compiler, for Node and in the map', () => {
    const libs = readdirSync('libs').sort();
    const names = (record: Record<string, unknown>): string[] => Object.keys(record).map((name) => name.slice(1)).sort();
    const tsconfig = JSON.parse(read('tsconfig.json')) as { compilerOptions: { paths: Record<string, unknown> } };
    const manifest = JSON.parse(read('package.json')) as { imports: Record<string, unknown> };
    expect(names(tsconfig.compilerOptions.paths)).toEqual(libs);
    expect(names(manifest.imports)).toEqual(libs);
    expect(libs.filter((lib) => !read('ARCHITECTURE.md').includes(`libs/${lib}`))).toEqual([]);
  });
});
