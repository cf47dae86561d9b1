import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8Encode } from './bytes.js';
import { JsonNumber, JsonObject, type JsonValue } from './json-value.js';
import { parseStrictJson } from './parse-strict-json.js';
import { writeJson } from './write-json.js';

const parse = (text: string) => parseStrictJson(utf8Encode(text));

describe('parseStrictJson', () => {
  it('keeps numbers as they were written', () => {
    for (const text of ['0', '-0', '1.50', '1E400', '-0.1e-7', '100000000000000000001', '9007199254740993']) {
      expect(parse(text)).toEqual({ ok: true, value: new JsonNumber(text) });
    }
  });

  it('sees in a text what JSON.parse sees in it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const spread = JSON.stringify(JSON.parse(text), null, indent);
        const result = parse(spread);
        // fc.json makes the key __proto__ now and then.
        if (!result.ok) expect(result.code).toBe('JSON_FORBIDDEN_KEY');
        else expect(toPlain(result.value)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is read back from what writeJson writes, numbers included', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const first = parse(text);
        fc.pre(first.ok);
        if (first.ok) expect(writeJson(first.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    const text = '{"b":1.50,"a":[1e3,-0,null,true,"\\u0000 é 😀"],"":{}}';
    const result = parse(text);
    expect(result.ok && writeJson(result.value)).toBe(text);
  });

  it('never throws, whatever the bytes', () => {
    const almostJson = fc.string({
      unit: fc.constantFrom(...'{}[]",:0123456789-+.eE \\utrfnal/é😀\ud800'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          almostJson.map((text) => new Uint8Array(Buffer.from(text))),
        ),
        (bytes) => {
          const result = parseStrictJson(bytes);
          if (result.ok) expect(toPlain(result.value)).toEqual(JSON.parse(Buffer.from(bytes).toString()));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('knows the bytes of every object, also behind characters of two, three and four bytes', () => {
    const text = ' {"é":"水😀\\ud83d\\ude00\\n", "list":[{"x":{}} , {"ü": 1}]} ';
    const source = utf8Encode(text);
    const result = parseStrictJson(source);
    expect(result.ok).toBe(true);
    const root = (result as { value: JsonObject }).value;
    const textOf = ({ start, end }: JsonObject): string => Buffer.from(source.subarray(start, end)).toString();
    expect(textOf(root)).toBe(text.trim());
    const list = root.get('list') as readonly JsonObject[];
    expect(list.map(textOf)).toEqual(['{"x":{}}', '{"ü": 1}']);
    expect(textOf((list[0] as JsonObject).get('x') as JsonObject)).toBe('{}');
  });

  it.each([
    ['the same key twice', '{"a":1,"a":1}', 'JSON_DUPLICATE_KEY'],
    ['the same key twice, once escaped, deep down', '[{"x":{"a":1,"\\u0061":2}}]', 'JSON_DUPLICATE_KEY'],
    ['__proto__ as a key', '{"__proto__":1}', 'JSON_FORBIDDEN_KEY'],
    ['__proto__ as an escaped key', '{"\\u005f_proto__":1}', 'JSON_FORBIDDEN_KEY'],
    ['a high surrogate alone', '"\\ud800"', 'JSON_LONE_SURROGATE'],
    ['a low surrogate alone', '"\\udc00"', 'JSON_LONE_SURROGATE'],
    ['two high surrogates', '"\\ud800\\ud800"', 'JSON_LONE_SURROGATE'],
    ['a lone surrogate in a key', '{"\\ud800":1}', 'JSON_LONE_SURROGATE'],
    ['a number of 129 characters', '1'.repeat(129), 'JSON_NUMBER_TOO_LONG'],
    ['65 arrays in each other', '['.repeat(65) + ']'.repeat(65), 'JSON_TOO_DEEP'],
    ['nothing', '', 'JSON_SYNTAX'],
    ['a byte order mark', '\ufeff{}', 'JSON_SYNTAX'],
  ])('refuses %s', (_name, text, code) => {
    expect(parse(text)).toMatchObject({ ok: false, code });
  });

  it('accepts 64 arrays in each other and a number of 128 characters', () => {
    expect(parse('['.repeat(64) + ']'.repeat(64)).ok).toBe(true);
    expect(parse('1'.repeat(128)).ok).toBe(true);
    expect(parseStrictJson(utf8Encode('[[]]'), { depthMax: 1 })).toMatchObject({ code: 'JSON_TOO_DEEP' });
  });

  it('counts depth, not the number of arrays', () => {
    expect(parse(`[${'[],'.repeat(1000)}{}]`).ok).toBe(true);
  });

  it('says where the offence stands', () => {
    expect(parse('{\n  "é😀": 1,\n  "é😀": 2 }')).toMatchObject({
      code: 'JSON_DUPLICATE_KEY',
      detail: 'the same key twice in one object at line 3, column 3 (byte 19)',
    });
  });
});

function toPlain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return JSON.parse(value.text);
  if (value instanceof JsonObject)
    return Object.fromEntries([...value.members].map(([key, member]) => [key, toPlain(member)]));
  return Array.isArray(value) ? value.map(toPlain) : value;
}
