import { expect, test } from '@jest/globals';
import { isOff, kerasCases } from './keras-cases.ts';

test('dilated, strided, separable and transposed convolutions are those of real Keras', async () => {
  const cases = await kerasCases('convolution.json');
  expect(cases.length).toBe(37);
  expect(cases.filter(isOff)).toEqual([]);
});

test('the other layers of a recipe predict and learn as in real Keras', async () => {
  const cases = await kerasCases('layers.json');
  expect(cases.length).toBe(69);
  expect(cases.filter(isOff)).toEqual([]);
});

test('layers and options that TF.js lacks predict and learn as in real Keras', async () => {
  const cases = await kerasCases('import-layers.json');
  expect(cases.length).toBe(122);
  expect(cases.filter(isOff)).toEqual([]);
});
