import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { commitAt, NO_PARENT, withDirectory } from '../testing/fixture.js';
import { openChainStore } from './chain-store.js';

const TESTING = fileURLToPath(new URL('../testing/', import.meta.url));
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

describe('chain store across kill -9', () => {
  it('keeps every height that was reported durable, and only whole blocks', () =>
    withDirectory(async (directory) => {
      let reached = -1;
      for (const lifetimeMs of [3, 40, 90, 17, 150]) {
        const printed = await commitUntilKilled(directory, lifetimeMs);
        const store = openChainStore(directory);
        const height = store.height ?? -1;
        expect(height).toBeGreaterThanOrEqual(Math.max(printed, reached));
        expectWholeChain(store, height);
        await store.close();
        reached = height;
      }
      expect(reached).toBeGreaterThan(5);
    }));
});

describe('chain store when the disk takes no more', () => {
  it('ends the process with the reason, and keeps what was durable', () =>
    withDirectory(async (directory) => {
      // The limit on file size makes write(2) fail with EFBIG, as a full disk does with ENOSPC.
      const child = start('sh', ['-c', 'trap "" XFSZ; ulimit -f 4096; exec "$@"', 'sh', process.execPath, ...childArguments('commit-until-killed.ts'), directory, '100000']);
      const { printed, errors } = collect(child);
      const [code] = (await once(child, 'close')) as [number];
      expect(code).not.toBe(0);
      expect(errors()).toContain('STORE_WRITE_FAILED');
      expect(printed()).toBeGreaterThan(0);
      const store = openChainStore(directory);
      expect(store.height).toBeGreaterThanOrEqual(printed());
      expectWholeChain(store, store.height ?? -1);
      await store.close();
    }));
});

describe('store directory', () => {
  it('is refused while another process has it open, naming that process, and free once that is killed', () =>
    withDirectory(async (directory) => {
      const child = start(process.execPath, [...childArguments('open-and-wait.ts'), directory]);
      await once(child.stdout!, 'data');
      expect(() => openChainStore(directory)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }) as unknown as Error);
      expect(() => openChainStore(directory)).toThrow(String(child.pid));
      child.kill('SIGKILL');
      await once(child, 'close');
      const store = openChainStore(directory);
      await store.close();
    }));

  it('is refused a second time within one process, and free after close', () =>
    withDirectory(async (directory) => {
      const store = openChainStore(directory);
      expect(() => openChainStore(directory)).toThrow('STORE_IN_USE');
      await store.close();
      await openChainStore(directory).close();
    }));
});

function expectWholeChain(store: ReturnType<typeof openChainStore>, height: number): void {
  let parent: string = NO_PARENT;
  for (let at = 0; at <= height; at++) {
    const { block } = commitAt(at, parent).commit;
    expect(store.heightOf(block.hash)).toBe(at);
    expect(store.block(at)).toBeDefined();
    expect(store.outcome(at)).toBeDefined();
    parent = block.hash;
  }
  expect(store.block(height + 1)).toBeUndefined();
  expect(store.outcome(height + 1)).toBeUndefined();
  if (height < 0) return;
  expect(Buffer.from(store.stateValue('item/0')!).toString()).toBe(`at ${height}`);
  expect(Buffer.from(store.stateValue('item/49')!).toString()).toBe(`at ${height}`);
}

/** @returns the last height that the child had printed as durable, -1 for none */
async function commitUntilKilled(directory: string, lifetimeMs: number): Promise<number> {
  const child = start(process.execPath, [...childArguments('commit-until-killed.ts'), directory]);
  const { printed } = collect(child);
  await once(child.stdout!, 'data');
  await new Promise((resolve) => setTimeout(resolve, lifetimeMs));
  child.kill('SIGKILL');
  await once(child, 'close');
  return printed();
}

function childArguments(script: string): string[] {
  return ['--import', `${TESTING}typescript-hooks.mjs`, `${TESTING}${script}`];
}

function start(command: string, argv: string[]): ChildProcess {
  const child = spawn(command, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  return child;
}

function collect(child: ChildProcess): { printed: () => number; errors: () => string } {
  let output = '';
  let errors = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { printed: () => Number(output.trimEnd().split('\n').at(-1) || -1), errors: () => errors };
}
