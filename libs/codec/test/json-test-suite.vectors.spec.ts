import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseStrictJson } from '#codec';

// The JSON parsing test suite (github.com/nst/JSONTestSuite). y_ must be read and n_ refused; where i_ leaves it to us,
// and where we refuse a y_ on purpose, the decision stands here.
const vectors = new URL('../../../../shared/vectors/json/', import.meta.url);
const decisions: Readonly<Record<string, string>> = {
  // Numbers keep their text, so no size of theirs is a problem of ours.
  'i_number_double_huge_neg_exp.json': 'read',
  'i_number_neg_int_huge_exp.json': 'read',
  'i_number_real_neg_overflow.json': 'read',
  'i_number_real_underflow.json': 'read',
  'i_number_too_big_pos_int.json': 'read',
  // A text that has no UTF-8 could not be stored, hashed or shown.
  'i_object_key_lone_2nd_surrogate.json': 'JSON_LONE_SURROGATE',
  'i_string_1st_valid_surrogate_2nd_invalid.json': 'JSON_LONE_SURROGATE',
  'i_string_incomplete_surrogate_and_escape_valid.json': 'JSON_LONE_SURROGATE',
  'i_string_incomplete_surrogates_escape_valid.json': 'JSON_LONE_SURROGATE',
  'i_string_invalid_surrogate.json': 'JSON_LONE_SURROGATE',
  'i_string_inverted_surrogates_U+1D11E.json': 'JSON_LONE_SURROGATE',
  'i_string_lone_second_surrogate.json': 'JSON_LONE_SURROGATE',
  // UTF-8 and nothing else.
  'i_string_UTF-8_invalid_sequence.json': 'JSON_NOT_UTF8',
  'i_string_not_in_unicode_range.json': 'JSON_NOT_UTF8',
  'i_string_overlong_sequence_6_bytes.json': 'JSON_NOT_UTF8',
  'i_string_truncated-utf-8.json': 'JSON_NOT_UTF8',
  'i_string_utf16LE_no_BOM.json': 'JSON_NOT_UTF8',
  'i_structure_UTF-8_BOM_empty_object.json': 'JSON_SYNTAX',
  // RFC 8259 only advises against these; parsers differ in which of the two they keep.
  'y_object_duplicated_key.json': 'JSON_DUPLICATE_KEY',
  'y_object_duplicated_key_and_value.json': 'JSON_DUPLICATE_KEY',
};

const hasVectors = existsSync(vectors);
(hasVectors ? describe : describe.skip)(
  `JSON test suite${hasVectors ? '' : ' (skipped: ../shared/vectors/json is absent)'}`,
  () => {
    const names = hasVectors ? readdirSync(vectors).filter((name) => name.endsWith('.json')) : [];

    it('is complete', () => {
      expect(names.length).toBeGreaterThanOrEqual(159);
      expect(names.filter((name) => name.startsWith('i_')).sort()).toEqual(
        Object.keys(decisions)
          .filter((name) => name.startsWith('i_'))
          .sort(),
      );
    });

    it('is judged as the names of its files say, or as decided above', () => {
      const judged = names.map((name) => {
        const result = parseStrictJson(readFileSync(new URL(encodeURIComponent(name), vectors)));
        const expected = decisions[name] ?? (name.startsWith('y_') ? 'read' : 'refused');
        const got = result.ok ? 'read' : expected === 'refused' ? 'refused' : result.code;
        return { name, expected, got };
      });
      expect(judged.filter(({ expected, got }) => expected !== got)).toEqual([]);
    });
  },
);
