import { expect, test } from '@jest/globals';
import { outerKeys } from '../../grader/keras/containers/outer-keys.ts';

test.each<[string, string, string[] | null]>([
  ['an object', '{"a": 1, "b": [{"c": 2}], "d": {"e": "f"}}', ['a', 'b', 'd']],
  ['strings with braces and quotes', '{"a": "} \\" {", "b": "\\\\"}', ['a', 'b']],
  ['a text that is cut off', '{"a": {"b": [1, 2', ['a']],
  ['a text that is cut off in a key', '{"a": 1, "bc', ['a']],
  ['a byte order mark and white space', '\uFEFF\n { "a" : 1}', ['a']],
  ['an empty object', '{}', []],
  ['a list', '["a"]', null],
  ['a program', '{ const a = 1 }', null],
])('the outer names of %s are found', (_, text, keys) => {
  expect(outerKeys(text)).toEqual(keys);
});

test('depth costs no stack', () => {
  expect(outerKeys(`{"a": ${'['.repeat(1_000_000)}`)).toEqual(['a']);
});
