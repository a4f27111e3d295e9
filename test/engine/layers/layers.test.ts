import { expect, test } from '@jest/globals';
import { isOff, kerasCases } from './keras-cases.ts';
import { runProgram } from '../run-program.ts';

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
  expect(cases.length).toBe(129);
  expect(cases.filter(isOff)).toEqual([]);
});

test('layers that TF.js lacks altogether predict and learn as in real Keras', async () => {
  const cases = await kerasCases('more-layers.json');
  expect(cases.length).toBe(25);
  expect(cases.filter(isOff)).toEqual([]);
});

test('layers that came with Keras 3 predict and learn as in real Keras', async () => {
  const cases = await kerasCases('keras3-layers.json');
  expect(cases.length).toBe(20);
  expect(cases.filter(isOff)).toEqual([]);
});

interface Fact {
  readonly name: string;
  readonly values?: readonly number[];
  readonly deviation?: number;
  readonly largest?: number;
}

test('layers and initializers do what their names say where no case of Keras shows it', async () => {
  const facts = await runProgram<Fact>('layers/own-layers.js');
  const valuesOf = (name: string) => facts.find((fact) => fact.name === name)?.values;
  expect(valuesOf('Normalization without statistics')).toEqual([1, 5, -3]);
  // A variance of zero counts as 1e-14.
  expect(valuesOf('Normalization with an axis for the batch')).toEqual([
    0,
    1.5,
    expect.closeTo(-6e7, -2),
  ]);
  expect(valuesOf('Rescaling of integers')).toEqual([0.5, 2.5, -1.5]);
  expect(valuesOf('Identity as an initializer')).toEqual([2, 10, -6]);
  expect(valuesOf('Identity as a layer')).toEqual([1, 5, -3]);
});

test('initializers spread weights as in Keras', async () => {
  const facts = await runProgram<Fact>('layers/own-layers.js');
  const spreadOf = (name: string) => facts.find((fact) => fact.name === name);
  const [inputs, outputs] = [300, 200];
  const wanted = Math.sqrt(2 / 250);
  for (const [name, deviation, most] of [
    ['VarianceScaling truncated_normal', wanted, (2 * wanted) / 0.87963],
    ['VarianceScaling untruncated_normal', wanted, 6 * wanted],
    ['VarianceScaling uniform', wanted, Math.sqrt(3) * wanted],
    ['HeNormal', Math.sqrt(2 / inputs), (2 * Math.sqrt(2 / inputs)) / 0.87963],
    ['LeCunNormal', Math.sqrt(1 / inputs), (2 * Math.sqrt(1 / inputs)) / 0.87963],
    ['GlorotNormal', Math.sqrt(2 / (inputs + outputs)), (2 * Math.sqrt(2 / 500)) / 0.87963],
  ] as const) {
    const { deviation: found = NaN, largest = NaN } = spreadOf(name) ?? {};
    expect(Math.abs(found / deviation - 1)).toBeLessThan(0.01);
    expect(largest).toBeLessThanOrEqual(most * 1.0001);
  }
  const { largest = 0 } = spreadOf('VarianceScaling untruncated_normal') ?? {};
  expect(largest).toBeGreaterThan(3 * wanted);
});
