import { expect, test } from '@jest/globals';
import type { ArrayFile, PreparedData } from '../../../grader/contract.ts';
import { forecastMemory, type MemoryUse } from '../../../grader/engine/process/memory-forecast.ts';

const mebibyte = 2 ** 20;

function file(rows: number): ArrayFile {
  return { path: 'rows.f32', dtype: 'float32', shape: [rows, 2 ** 18] };
}

function data(megabytes: number): PreparedData {
  const part = { inputs: file(megabytes), targets: file(0) };
  return {
    ...{ training: part, validation: { inputs: file(0), targets: file(0) } },
    ...{ heldOut: { inputs: file(0) }, decoding: {}, notes: [] },
    source: { dataset: 'made up', variant: 'whole', sample: false },
  };
}

const small: MemoryUse = {
  use: 'training',
  ...{ model: { parameters: 1000 }, activations: 100, rows: 256 },
  ...{ data: data(1), mayUseGpu: false },
};

/** In MiB. */
function forecast(changes: Partial<MemoryUse> = {}): number {
  return Math.round(forecastMemory({ ...small, ...changes }) / mebibyte);
}

test('a small training may take what TensorFlow itself needs', () => {
  expect(forecast()).toBe(1536);
});

test('weights count with their gradients, slots and snapshots, and less where nothing is trained', () => {
  const model = { parameters: 20_000_000 };
  expect(forecast({ model })).toBe(2637);
  expect(forecast({ model, use: 'prediction' })).toBe(1569);
});

test('activations count for each row that is under way, arrays as long as they are held', () => {
  // 4.5 GiB with all the headroom there is.
  expect(forecast({ activations: 2 ** 20, rows: 384 })).toBe(2 * 400 + 6 + 3 * 4 * 384);
  expect(forecast({ data: data(600) })).toBe(2 * 400 + 6 * 600);
});

test('CUDA takes memory of its own', () => {
  expect(forecast({ mayUseGpu: true })).toBe(1536 + 8192);
});
