import { expect, test } from '@jest/globals';
import type { KerasObject, ModelSurvey } from '../../../grader/contract.ts';
import { surveyModel } from '../../../grader/engine/model/survey-model.ts';
import { uniqueNames } from '../../../grader/recipe/names.ts';
import { normaliseModel } from '../../../grader/recipe/normalise.ts';

// The grader measures models in its own process: its work must grow with the document, no faster.

type Call = readonly (readonly [name: string, call: number, output: number, arguments_: object])[];

function from(name: string, call = 0): Call[number] {
  return [name, call, 0, {}];
}

function layer(name: string, calls: readonly Call[], className = 'Identity', config = {}) {
  return { class_name: className, name, config: { name, ...config }, inbound_nodes: calls };
}

const start = layer('in', [], 'InputLayer', { batch_input_shape: [null, 4] });

function functional(layers: readonly object[], output: string, call = 0): KerasObject {
  const ends = { input_layers: [['in', 0, 0]], output_layers: [[output, call, 0]] };
  return { class_name: 'Functional', config: { name: 'hostile', layers, ...ends } };
}

const indices = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Each layer stands before the one that it needs. */
function reversed(count: number): KerasObject {
  const chain = indices(count).map((index) =>
    layer(`l${index}`, [[from(index === 0 ? 'in' : `l${index - 1}`)]]),
  );
  return functional([...chain.reverse(), start], `l${count - 1}`);
}

/** One layer, called on its own output. */
function repeated(count: number): KerasObject {
  const calls = indices(count).map((index) => [index === 0 ? from('in') : from('l', index - 1)]);
  return functional([layer('l', calls), start], 'l', count - 1);
}

/** Layers of 64 inputs each. */
function joined(count: number): KerasObject {
  const parts = indices(count).flatMap((index) => [
    layer(
      `l${index}`,
      [Array<Call[number]>(64).fill(from(index === 0 ? 'in' : `s${index - 1}`))],
      'Concatenate',
    ),
    layer(`s${index}`, [[from(`l${index}`)]], 'Dense', { units: 4 }),
  ]);
  return functional([start, ...parts], `s${count - 1}`);
}

/** Layers without names, of one class. */
function unnamed(count: number): KerasObject {
  const first = { class_name: 'Dense', config: { units: 2, batch_input_shape: [null, 2] } };
  const rest = indices(count).map(() => ({ class_name: 'Dense', config: { units: 2 } }));
  return { class_name: 'Sequential', config: { layers: [first, ...rest] } };
}

/** Processor time of the fastest of three. */
function cost(work: () => unknown): number {
  const times = indices(3).map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  });
  return Math.min(...times);
}

function survey(model: KerasObject): ModelSurvey {
  return surveyModel({ model, weights: null });
}

test.each([
  ['listed from the last to the first', reversed],
  ['of one layer called again and again', repeated],
  ['of layers with 64 inputs', joined],
  ['of layers without names', unnamed],
])('measuring a model %s grows with its size', (_, make) => {
  const [small, large] = [make(400), make(3200)];
  survey(small);
  // Eight times as large: work that grows with the square would be 64 times as much.
  expect(cost(() => survey(large))).toBeLessThan(24 * cost(() => survey(small)));
});

test('so does giving names', () => {
  const name = (count: number) => {
    const nameOf = uniqueNames();
    return indices(count)
      .map(() => nameOf('dense'))
      .at(-1);
  };
  expect(name(20_000)).toBe('dense_19999');
  expect(cost(() => name(80_000))).toBeLessThan(24 * cost(() => name(10_000)));
});

test('as many calls as a document has room for, one after the other, are no recursion', () => {
  const layers = indices(480).map((index) => {
    const first = index === 0 ? from('in') : from(`l${index - 1}`, 63);
    return layer(
      `l${index}`,
      indices(64).map((call) => [call === 0 ? first : from(`l${index}`, call - 1)]),
    );
  });
  const { model } = normaliseModel(functional([start, ...layers], 'l479', 63));
  const calls = 480 * 64;
  expect(survey(model)).toMatchObject({ activationBytes: 16 * (calls + 1), flops: 0 });
});

test('layers as deep within each other as a document may be', () => {
  const dense: KerasObject = { class_name: 'Dense', config: { units: 3 } };
  const depth = 5;
  const wrapped = indices(depth).reduce<KerasObject>(
    (inner) => ({ class_name: 'TimeDistributed', config: { layer: inner } }),
    dense,
  );
  const first = {
    class_name: 'Identity',
    config: { batch_input_shape: [null, ...Array<number>(depth).fill(2), 5] },
  };
  const stack = (last: KerasObject) =>
    normaliseModel({ class_name: 'Sequential', config: { layers: [first, last] } }).model;
  expect(survey(stack(wrapped)).flops).toBe(2 * 2 ** depth * 5 * 3);
  const deeper = { class_name: 'TimeDistributed', config: { layer: wrapped } };
  expect(() => stack(deeper)).toThrow('The model has 7 layers within each other');
});

test('more axes than TensorFlow has are refused', () => {
  const expand = { class_name: 'ExpandDims', config: { axis: 1 } };
  const first = { class_name: 'Dense', config: { units: 2, batch_input_shape: [null, 2] } };
  const layers = [first, ...indices(300).map(() => expand)];
  const { model } = normaliseModel({ class_name: 'Sequential', config: { layers } });
  expect(() => survey(model)).toThrow('gives 255 axes; there are at most 254');
});
