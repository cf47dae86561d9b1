// Lets a child process of a test run this repository's TypeScript as it is: `node --import <this file> child.ts`.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = new URL('../../../', import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    if (/^#[a-z]+$/.test(specifier)) return next(new URL(`libs/${specifier.slice(1)}/src/index.ts`, root).href, context);
    const isOurs = context.parentURL?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(specifier);
    return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
      swcrc: false,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
