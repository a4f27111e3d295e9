import { expect, test } from '@jest/globals';
import { isOff, kerasCases } from './keras-cases.ts';

test('recurrent layers and their wrappers predict and learn as in real Keras, masked or not', async () => {
  const cases = await kerasCases('recurrent.json');
  expect(cases.length).toBe(71);
  expect(cases.filter(({ name }) => name.endsWith('masked')).length).toBe(35);
  expect(cases.filter(isOff)).toEqual([]);
});
