import { expect, test } from '@jest/globals';
import { readChildMessage, readMessage, writeMessage } from '../../grader/process/messages.ts';

test('numbers that JSON lacks come through', () => {
  const logs = { loss: NaN, mae: Infinity, low: -Infinity, val: -0.1 };
  expect(readMessage(writeMessage({ type: 'done', result: { logs } }))).toEqual({
    type: 'done',
    result: { logs },
  });
});

test('arrays of numbers do not go through messages', () => {
  expect(() => writeMessage({ data: new Float32Array(3) })).toThrow(/go through files/);
});

test.each([
  ['no JSON', 'hello'],
  ['no object', '3'],
  ['null', 'null'],
  ['another type', '{"type":"job","job":1}'],
  ['a failure without a fault', '{"type":"failed","failure":{"code":"a","message":"b"}}'],
  ['an unknown fault', '{"type":"failed","failure":{"fault":"nobody","code":"a","message":"b"}}'],
  [
    'a message that is no text',
    '{"type":"failed","failure":{"fault":"limit","code":"a","message":3}}',
  ],
  ['a key that reaches prototypes', '{"type":"done","result":{"__proto__":{"points":5}}}'],
  ['a constructor', '{"type":"done","result":{"constructor":{"prototype":{}}}}'],
])('%s is no message', (_name, text) => {
  expect(readChildMessage(text)).toBeNull();
});

test('a result may be missing, and a name that looks like a number of ours is left alone', () => {
  expect(readChildMessage('{"type":"done"}')).toEqual({ type: 'done', result: undefined });
  const strange = '{"type":"done","result":{"$number":"toString"}}';
  expect(readChildMessage(strange)).toEqual({ type: 'done', result: { $number: 'toString' } });
});
