// Makes the sample reports beside this file: linear models trained on the real data, scored by the
// grader. Run it after `npm run build` with the data sets' folder: node test/golden/make-golden.js DIR
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '../../dist/grader/random.js';
import { exampleImages } from '../../dist/grader/grade/example-images.js';
import { metricOf } from '../../dist/grader/metrics/metric.js';
import { score } from '../../dist/grader/scoring/score.js';
import { fitLinear } from './fit-linear.js';

const data = process.argv[2];
if (!data) throw new Error('usage: node test/golden/make-golden.js DATASETS');
const folder = mkdtempSync(join(tmpdir(), 'golden-'));
const strict = (values) => ({
  id: 'strict',
  title: 'Strict',
  source: "Measured on this split; see the package's problem.json.",
  inclusive: true,
  bars: values.map((value, index) => ({ points: 5 - index, value })),
});
const metrics = {
  mse: { id: 'mse', name: 'MSE', unit: 'mpg²', better: 'lower' },
  mae: { id: 'mae', name: 'MAE', unit: 'scaled', better: 'lower' },
  accuracy: { id: 'accuracy', name: 'Accuracy', unit: '', better: 'higher' },
};

const fashion = await classification();
const mpg = await regression();
const sunspots = await forecast();
save('fashion-mnist', fashion);
save('regression', mpg);
save('sunspots', sunspots);
save('invalid', {
  ...sunspots,
  verdict: 'invalid-submission',
  points: 0,
  failure: {
    fault: 'candidate',
    code: 'output-shape',
    message:
      'sunspots.ts: the model gives [batch, 15, 1], the problem takes [batch, 30, 1] or [batch, 1].',
    help: 'The second Conv1D has strides 2, which halves the steps. Use strides 1, or end with a layer that gives one value.',
  },
  notes: ['The recipe states no seed: the default, 7, is used.'],
  training: null,
  score: null,
});
save('interrupted', {
  ...mpg,
  verdict: 'interrupted',
  points: null,
  countsAsAttempt: false,
  failure: {
    fault: 'interrupted',
    code: 'interrupted',
    message: 'Interrupted after epoch 14 of 60.',
    help: 'The model of epoch 14 is in the result directory. Grade again for a score.',
  },
  finishedAt: '2026-08-14T09:20:03.104Z',
  training: {
    ...mpg.training,
    history: mpg.training.history.slice(0, 14),
    gradedEpoch: 14,
    stoppedBy: 'interrupted',
    trainSeconds: 0.9,
    predictSeconds: 0,
  },
  score: null,
});

save('model-file', asModelFile(sunspots));

/** The same predictions from a model that came with its weights. */
function asModelFile({ environment, ...graded }) {
  const engine = { ...environment };
  delete engine.execution;
  return {
    ...graded,
    environment: engine,
    submission: { ...graded.submission, file: 'sunspots.h5', format: 'keras-hdf5' },
    notes: [
      'The model gives outputs of shape [1]: the next month after the window.',
      ...graded.notes,
    ],
    hints: [
      "The forecasts are nearer to the mean of the window's thirty targets (mean absolute error 0.031 on the validation part) than to the next month (0.0822).",
    ],
    recipe: null,
    training: null,
    evaluation: {
      kerasVersion: '2.9.0',
      bytes: 23_512,
      weightBytes: 124,
      optimizerBytes: 256,
      model: graded.training.model,
      predictSeconds: 0.3,
    },
  };
}

async function classification() {
  const images = (name, count) =>
    Float32Array.from(
      idx(`${name}-images-idx3-ubyte.gz`, 16).subarray(0, count * 784),
      (v) => v / 255,
    );
  const labels = (name) => Float32Array.from(idx(`${name}-labels-idx1-ubyte.gz`, 8));
  const inputs = images('train', 60_000);
  const targets = labels('train');
  const part = (from, to) => ({
    x: inputs.subarray(from * 784, to * 784),
    y: targets.subarray(from, to),
  });
  const fitted = fitLinear({
    training: part(0, 50_000),
    validation: part(50_000, 60_000),
    outputs: 10,
    epochs: 9,
    batch: 64,
    rate: (epoch) => (epoch < 7 ? 0.001 : 0.0002),
    random: seededRandom(7),
  });
  const heldOut = images('t10k', 10_000);
  const stored = idx('t10k-images-idx3-ubyte.gz', 16);
  const classes = [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ];
  const profile = strict([0.89, 0.88, 0.86, 0.83, 0.75]);
  const result = await score({
    task: 'multiclass',
    metric: metrics.accuracy,
    classes,
    profile,
    predictions: file('predictions', fitted.predict(heldOut), [10_000, 10]),
    heldOut: { targets: file('targets', labels('t10k'), [10_000]) },
  });
  const inputFile = file('inputs', Uint8Array.from(stored), [10_000, 28, 28], 'uint8');
  return report({
    problem: {
      id: 'fashion-mnist',
      version: 1,
      title: 'Fashion-MNIST',
      category: 2,
      task: 'multiclass',
      metric: metrics.accuracy,
      passMark: 3,
      classes,
    },
    profile,
    verdict: 'below-pass-mark',
    data: { dataset: 'fashion-mnist', variant: 'original', sample: false },
    notes: [
      'The learning rate of 9 epochs was read from the schedule when the recipe was described.',
    ],
    score: result,
    images: await exampleImages(result, inputFile, { scale: 1 / 255 }),
    ...trained(fitted.history, {
      input: [28, 28],
      outputs: 10,
      batch: 64,
      activation: 'softmax',
      loss: 'SparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    }),
  });
}

async function regression() {
  const cars = readFileSync(join(data, 'auto-mpg', 'auto-mpg.data'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/).slice(0, 8).map(Number))
    .filter((row) => row.every(Number.isFinite));
  const ranked = cars
    .map((row, index) => ({ row, index }))
    .sort((a, b) => a.row[0] - b.row[0] || a.index - b.index);
  const pick = (digits) =>
    ranked.filter((_, rank) => digits.includes(rank % 10)).map(({ row }) => row);
  const training = pick([0, 3, 5, 6, 9]);
  const mean = (column) => training.reduce((sum, row) => sum + row[column], 0) / training.length;
  const spread = (column) =>
    Math.sqrt(
      training.reduce((sum, row) => sum + (row[column] - mean(column)) ** 2, 0) / training.length,
    );
  const scales = [1, 2, 3, 4, 5, 6].map((column) => [column, mean(column), spread(column)]);
  const features = (row) => [
    ...scales.map(([column, centre, width]) => (row[column] - centre) / width),
    ...[1, 2, 3].map((origin) => (row[7] === origin ? 1 : 0)),
  ];
  const part = (rows) => ({
    x: Float32Array.from(rows.flatMap(features)),
    y: Float32Array.from(rows.map((row) => row[0])),
  });
  const fitted = fitLinear({
    training: part(training),
    validation: part(pick([2, 8])),
    outputs: 1,
    epochs: 60,
    batch: 16,
    rate: () => 0.1,
    random: seededRandom(11),
  });
  const heldOut = part(pick([1, 4, 7]));
  const profile = strict([8.5, 10.5, 13, 20, 40]);
  const rows = heldOut.y.length;
  const result = await score({
    task: 'regression',
    metric: metrics.mse,
    classes: [],
    profile,
    predictions: file('predictions', fitted.predict(heldOut.x), [rows, 1]),
    heldOut: {
      targets: file('targets', heldOut.y, [rows]),
      bestConstant: metricOf('mse').bestConstant(part(training).y),
    },
  });
  return report({
    problem: {
      id: 'regression',
      version: 1,
      title: 'Fuel use of cars',
      category: 1,
      task: 'regression',
      metric: metrics.mse,
      passMark: 3,
    },
    profile,
    verdict: 'passed',
    data: { dataset: 'auto-mpg', variant: 'uci', sample: false },
    notes: ['6 of 398 rows have no horsepower and are dropped.'],
    score: result,
    images: null,
    ...trained(fitted.history, {
      input: [9],
      outputs: 1,
      batch: 16,
      activation: 'linear',
      loss: 'MeanSquaredError',
      metrics: ['mae'],
    }),
  });
}

async function forecast() {
  const lines = readFileSync(join(data, 'sunspots', 'Sunspots.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const months = lines.map((line) => line.split(','));
  const series = months.map(([, , value]) => Number(value));
  const highest = Math.max(...series.slice(0, 2700));
  const scaled = series.map((value) => value / highest);
  const part = (from, to) => {
    const ends = Array.from({ length: to - from }, (_, index) => from + index);
    return {
      x: Float32Array.from(ends.flatMap((end) => scaled.slice(end - 30, end))),
      y: Float32Array.from(ends.map((end) => scaled[end])),
    };
  };
  const fitted = fitLinear({
    training: part(30, 2700),
    validation: part(2700, 3000),
    outputs: 1,
    epochs: 40,
    batch: 32,
    rate: (epoch) => 0.003 * 0.93 ** epoch,
    random: seededRandom(7),
  });
  const heldOut = part(3000, 3235);
  const profile = strict([0.04, 0.045, 0.07, 0.095, 0.12]);
  const result = await score({
    task: 'forecast',
    metric: metrics.mae,
    classes: [],
    profile,
    predictions: file('predictions', fitted.predict(heldOut.x), [235, 1]),
    heldOut: {
      targets: file('targets', heldOut.y, [235, 1]),
      labels: months.slice(3000).map(([, date]) => date.slice(0, 7)),
      bestConstant: metricOf('mae').bestConstant(part(30, 2700).y),
    },
  });
  return report({
    problem: {
      id: 'sunspots',
      version: 1,
      title: 'Sunspots',
      category: 5,
      task: 'forecast',
      metric: metrics.mae,
      passMark: 3,
    },
    profile,
    verdict: 'passed',
    data: { dataset: 'sunspots', variant: 'bundled', sample: false },
    notes: [
      '234 of 235 held-out targets are also inputs of later windows, as in any one-step forecast.',
    ],
    score: result,
    images: null,
    ...trained(fitted.history, {
      input: [30, 1],
      outputs: 1,
      batch: 32,
      activation: 'linear',
      loss: 'MeanSquaredError',
      metrics: ['mae'],
    }),
  });
}

function idx(name, header) {
  return gunzipSync(readFileSync(join(data, 'fashion-mnist', name))).subarray(header);
}

function file(name, values, shape, dtype = 'float32') {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  return { path, dtype, shape };
}

/** The recipe of a linear model, and its training as the grader would report it. */
function trained(history, { input, outputs, batch, activation, loss, metrics: monitored }) {
  const inputs = input.reduce((size, axis) => size * axis, 1);
  const parameters = inputs * outputs + outputs;
  const dense = {
    class_name: 'Dense',
    config: {
      name: 'dense',
      units: outputs,
      activation,
      use_bias: true,
      ...(input.length === 1 ? { batch_input_shape: [null, ...input] } : {}),
    },
  };
  const flatten = {
    class_name: 'Flatten',
    config: { name: 'flatten', batch_input_shape: [null, ...input] },
  };
  const rates = history.map(({ learningRate }) => learningRate);
  const varies = rates.some((rate) => rate !== rates[0]);
  return {
    recipe: {
      format: 'grader-recipe',
      version: 1,
      model: {
        class_name: 'Sequential',
        config: { name: 'sequential', layers: input.length === 1 ? [dense] : [flatten, dense] },
      },
      compile: {
        optimizer: {
          class_name: 'Adam',
          config: { learning_rate: rates[0], beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
        },
        loss: { class_name: loss, config: {} },
        metrics: monitored,
      },
      fit: {
        epochs: history.length,
        batch_size: batch,
        steps_per_epoch: null,
        validation_split: 0,
        validation_freq: 1,
        shuffle: true,
        seed: null,
        class_weight: null,
        callbacks: [
          ...(varies ? [{ class_name: 'LearningRateScheduler', config: { values: rates } }] : []),
          { class_name: 'ModelCheckpoint', config: { monitor: 'val_loss', mode: 'min' } },
        ],
      },
      augmentation: null,
      vocabulary: null,
    },
    training: {
      model: {
        layers: [
          ...(input.length === 1
            ? []
            : [
                {
                  name: 'flatten',
                  className: 'Flatten',
                  outputShape: [null, inputs],
                  parameters: 0,
                },
              ]),
          { name: 'dense', className: 'Dense', outputShape: [null, outputs], parameters },
        ],
        parameters,
        trainableParameters: parameters,
        inputShape: [null, ...input],
        outputShape: [null, outputs],
      },
      history,
      stoppedBy: 'epochs',
      gradedEpoch: history.reduce((best, record) =>
        record.logs.val_loss < best.logs.val_loss ? record : best,
      ).epoch,
      trainSeconds: 8.4,
      predictSeconds: 0.3,
    },
  };
}

function report({ score: result, ...rest }) {
  return {
    format: 'grade-report',
    version: 1,
    startedAt: '2026-08-14T09:20:01.250Z',
    finishedAt: '2026-08-14T09:20:11.020Z',
    submission: {
      file: `${rest.problem.id}.ts`,
      sha256: createHash('sha256').update(rest.problem.id).digest('hex'),
      format: 'recipe module',
    },
    points: result.points,
    countsAsAttempt: true,
    failure: null,
    hints: [],
    evaluation: null,
    score: result,
    environment: {
      grader: '0.1.0',
      node: 'v22.11.0',
      platform: 'linux x64',
      cpu: 'Intel Xeon',
      cores: 2,
      seed: 7,
      isolation: 'jail',
      isolationReason: 'bubblewrap with namespaces, limits, seccomp',
      tensorflow: '2.21.0',
      tfjs: '4.22.0',
      device: 'CPU',
      threads: 2,
      oneDnn: true,
      execution: { mode: 'graph', shards: 1 },
    },
    ...rest,
  };
}

function save(name, value) {
  const rounded = (key, entry) =>
    typeof entry === 'number' && !Number.isInteger(entry) ? Number(entry.toPrecision(7)) : entry;
  const path = new URL(`./${name}.report.json`, import.meta.url);
  writeFileSync(path, `${JSON.stringify(value, rounded, 1)}\n`);
}
