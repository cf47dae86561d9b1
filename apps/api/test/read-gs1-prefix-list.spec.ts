import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StartupError } from '../src/config/load-config.js';
import { readGs1PrefixLengths } from '../src/node/read-gs1-prefix-list.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'lading-gcp-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function written(text: string): string {
  const path = join(directory, 'list.json');
  writeFileSync(path, text);
  return path;
}

describe('the operator’s list of GS1 company prefixes', () => {
  it('tells lengths, the longest known beginning first', () => {
    const entry = [
      { prefix: '952', gcpLength: 7 },
      { prefix: '95211', gcpLength: '9' },
      { prefix: '960', gcpLength: 0 },
    ];
    const lengthOf = readGs1PrefixLengths(written(JSON.stringify({ GCPPrefixFormatList: { entry } })));
    expect(['9529999999999', '9521199999999', '9600000000000', '4000000000000'].map(lengthOf)).toEqual([
      7,
      9,
      undefined,
      undefined,
    ]);
  });

  it('may be left out', () => {
    expect(readGs1PrefixLengths(undefined)('9529999999999')).toBeUndefined();
  });

  it.each([
    [
      '{"GCPPrefixFormatList":{"entry":[{"prefix":"95x","gcpLength":7}]}}',
      /GS1_BAD_PREFIX_LIST at \/GCPPrefixFormatList\/entry\/0/,
    ],
    ['<html>Sign in</html>', /JSON_/],
    ['[]', /GS1_BAD_PREFIX_LIST/],
  ])('keeps the node from starting when it is %s', (text, reason) => {
    const path = written(text);
    expect(() => readGs1PrefixLengths(path)).toThrow(StartupError);
    expect(() => readGs1PrefixLengths(path)).toThrow(reason);
    expect(() => readGs1PrefixLengths(path)).toThrow(/download it again or leave gs1PrefixList out/);
  });

  it('keeps the node from starting when it is not there', () => {
    expect(() => readGs1PrefixLengths(join(directory, 'none.json'))).toThrow(
      /none\.json cannot be read: correct gs1PrefixList/,
    );
  });
});
