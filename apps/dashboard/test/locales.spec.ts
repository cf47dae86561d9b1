import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { resources } from '../src/app/resources.js';

/** `problem.remedy.other` → text, for every text below. */
function flatten(texts: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, string | object]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();

describe.each(Object.keys(resources.en) as (keyof typeof resources.en)[])('the texts of %s', (namespace) => {
  const en = new Map(flatten(resources.en[namespace]));
  const zh = new Map(flatten(resources.zh[namespace]));

  it('are all there in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('say the same things: each placeholder stands in both', () => {
    expect(
      [...en].filter(([key, text]) => placeholders(text).join() !== placeholders(zh.get(key) ?? '').join()),
    ).toEqual([]);
  });

  it('are Chinese in Chinese', () => {
    const words = [...zh].filter(
      ([key, text]) => text === en.get(key) && /[a-z]{4}/.test(text) && !/^[\w.{}· ]*Lading/.test(text),
    );
    expect(words.filter(([, text]) => !/^[A-Z0-9 .()/:-]+$/.test(text))).toEqual([]);
  });
});

describe('the components', () => {
  it('hold no words of their own: every text goes through the catalogue', () => {
    const root = join(import.meta.dirname, '../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
    const words = files.flatMap((name) =>
      [...readFileSync(join(root, name), 'utf8').matchAll(/(?:>|^\s+)([A-Z][a-z]+ [a-z][^<>{}()=;]*)</gm)].map(
        ([, text = '']) => `${name}: ${text.trim()}`,
      ),
    );
    expect(words).toEqual([]);
  });
});
