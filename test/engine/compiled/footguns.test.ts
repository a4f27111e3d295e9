import { beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../run-program.ts';

type Facts = Readonly<Record<string, unknown>> & { readonly name: string };

let lines: readonly Facts[] = [];

beforeAll(async () => {
  lines = await runProgram<Facts>('compiled/footguns.js');
});

interface Drawn {
  readonly differFromStepToStep: boolean;
  readonly repeatWithSeed: boolean;
  readonly repeatWithOtherSeed: boolean;
  readonly values: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

type Numbers<Name extends string> = Readonly<Record<Name, number>>;

/** The traps whose facts are looked at one by one. */
interface Traps {
  readonly dropout: Drawn;
  readonly 'dropout in shards': Drawn;
  readonly 'Gaussian noise': Drawn;
  readonly 'Gaussian noise in one call': Numbers<'values'>;
  readonly 'recurrent dropout': { layers: ({ name: string } & Numbers<'fromEager'>)[] };
  readonly 'optimizer state': {
    optimizers: ({ name: string; areSame: boolean } & Numbers<'fromEager'>)[];
  };
  readonly 'reads before writes': Numbers<'fromEager'>;
  readonly 'batch statistics': Numbers<'statistics' | 'evaluation'>;
  readonly 'rest of the rows': Numbers<'steps' | 'moved' | 'fromEager'>;
  readonly 'metrics of a rest': Numbers<'training' | 'evaluation' | 'meanOfMeans'>;
  readonly 'weights of rows': Numbers<'loss' | 'gradient'>;
  readonly 'weights of classes': Numbers<'loss'>;
  readonly 'interrupted evaluation': { ends: { logs: null; asked: number }[] };
  readonly clipping: Numbers<'smallest' | 'norms' | 'globalNorm' | 'values'>;
  readonly 'repeated words': Numbers<'mean'> & { tables: Numbers<'width' | 'row' | 'others'>[] };
  readonly 'a row that is not there': { above: string; below: string };
  readonly 'a word that is not there': { message: string };
  readonly regularizers: Numbers<'penalty' | 'difference'>;
  readonly masks: { layers: ({ name: string } & Numbers<'difference'>)[] };
  readonly 'means of booleans': Numbers<'wanted' | 'found'> & {
    attributes: { op: string; named: string; input: string }[];
  };
  readonly 'the same step twice': { isSame: boolean } & Numbers<'lines'>;
}

/** What footguns.js found for a trap; fails with the error that the trap ended in. */
function of<Name extends string>(name: Name): Name extends keyof Traps ? Traps[Name] : Facts {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`footguns.js prints nothing named ${name}`);
  expect(found['error']).toBeUndefined();
  return found as unknown as Name extends keyof Traps ? Traps[Name] : Facts;
}

const tolerance = 1e-5;

const fresh = { differFromStepToStep: true, repeatWithSeed: true, repeatWithOtherSeed: false };

/** Kept with probability 0.6 and then scaled by 1 / 0.6. */
const dropoutDeviation = Math.sqrt(0.4 / 0.6);

test('a dropout mask is new at each step, and the same seed gives the same masks', () => {
  const drawn = of('dropout');
  expect(drawn).toMatchObject({ ...fresh, values: [0, 1.667] });
  expect(Math.abs(drawn.mean - 1)).toBeLessThan(0.03);
  expect(Math.abs(drawn.deviation - dropoutDeviation)).toBeLessThan(0.02);
});

test('the steps of one call have masks of their own, those of as many calls', () => {
  // Six masks on top of each other give every count from none to six.
  expect(of('dropout in one call')).toMatchObject({ calls: 1, difference: 0, values: 7 });
  const noise = of('Gaussian noise in one call');
  expect(noise).toMatchObject({ calls: 1, difference: 0 });
  expect(noise.values).toBeGreaterThan(1000);
});

test('the shards of one batch have masks of their own', () => {
  const drawn = of('dropout in shards');
  // 0.833 comes from what one of the two shards kept.
  expect(drawn).toMatchObject({ ...fresh, values: [0, 0.833, 1.667] });
  expect(Math.abs(drawn.mean - 1)).toBeLessThan(0.03);
  expect(Math.abs(drawn.deviation - dropoutDeviation / Math.SQRT2)).toBeLessThan(0.02);
});

test('Gaussian noise is new at each step and has its deviation', () => {
  const drawn = of('Gaussian noise');
  expect(drawn).toMatchObject(fresh);
  expect(Math.abs(drawn.mean - 1)).toBeLessThan(0.03);
  expect(Math.abs(drawn.deviation - 0.5)).toBeLessThan(0.02);
});

test('spatial dropout is new at each step and drops whole channels', () => {
  expect(of('spatial dropout')).toMatchObject({ ...fresh, values: [0, 1.667], isOneChannel: true });
});

test('dropout inside of recurrent layers is new at each step and that of a training op by op', () => {
  const { layers } = of('recurrent dropout');
  expect(layers.map(({ name }) => name)).toEqual(['LSTM', 'GRU', 'SimpleRNN']);
  for (const found of layers) {
    expect(found).toMatchObject({ different: 6, repeatWithSeed: true, repeatWithOtherSeed: false });
    expect(found.fromEager).toBeLessThan(tolerance);
  }
});

test("an optimizer's state lives on from call to call: many steps in one call equal many calls", () => {
  const { optimizers } = of('optimizer state');
  expect(optimizers.map(({ name }) => name)).toEqual(['Adam', 'SGD', 'Nadam']);
  expect(optimizers.filter(({ areSame }) => !areSame)).toEqual([]);
  expect(optimizers.filter(({ fromEager }) => !(fromEager < tolerance))).toEqual([]);
});

test('a learning rate of zero changes nothing', () => {
  expect(of('learning rate of zero')).toMatchObject({
    optimizers: ['Adam', 'SGD', 'Nadam'].map((name) => ({ name, steps: 12, isUnmoved: true })),
  });
});

test('each step of a call has the learning rate that is asked for it', () => {
  expect(of('learning rate of each step')).toMatchObject({ difference: 0 });
});

test('a step reads every weight before any is written', () => {
  const found = of('reads before writes');
  expect(found).toMatchObject({ variables: 42, repeats: true });
  expect(found.fromEager).toBeLessThan(tolerance);
});

test('how many steps a call has changes no bit of weights and logs', () => {
  expect(of('calls of any length')).toMatchObject({ calls: [12, 6, 4, 3, 1, 1], results: 1 });
});

test("BatchNormalization's statistics move with the training, and evaluation uses them", () => {
  const found = of('batch statistics');
  expect(found).toMatchObject({ count: 12, areMoved: true });
  expect(found.statistics).toBeLessThan(tolerance);
  expect(found.evaluation).toBeLessThan(tolerance);
});

test('two trainers of one process share no variables', () => {
  expect(of('two trainers')).toMatchObject({ isAsAlone: true, areApart: true, isAlive: true });
});

test('an evaluation that is to stop ends without logs, op by op and as a graph', () => {
  const cut = { logs: null, asked: 2 };
  expect(of('interrupted evaluation')).toMatchObject({ ends: [cut, cut] });
});

test('a snapshot holds the weights of its moment', () => {
  expect(of('snapshots')).toMatchObject({ isMoved: true, isRestored: true });
});

test('the last batch of an epoch is trained on, though it is smaller', () => {
  const found = of('rest of the rows');
  expect(found.steps).toBe(3);
  expect(found.moved).toBeGreaterThan(0.01);
  expect(found.fromEager).toBeLessThan(tolerance);
});

test('losses and metrics are means over rows, not over batches', () => {
  const found = of('metrics of a rest');
  expect(found.training).toBeLessThan(tolerance);
  expect(found.evaluation).toBeLessThan(tolerance);
  expect(found.meanOfMeans).toBeGreaterThan(0.01);
});

test('weights of rows and of classes scale the loss and its gradient', () => {
  const { loss, gradient } = of('weights of rows');
  expect(loss).toBeLessThan(tolerance);
  expect(gradient).toBeLessThan(tolerance);
  expect(of('weights of classes').loss).toBeLessThan(tolerance);
});

test('gradients are clipped by norm, by the norm of all and by value', () => {
  const { smallest, ...off } = of('clipping');
  expect(smallest).toBeGreaterThan(1);
  expect(off.norms).toBeLessThan(tolerance);
  expect(off.globalNorm).toBeLessThan(tolerance);
  expect(off.values).toBeLessThan(tolerance);
});

test('a word that comes several times gets the sum of its gradients, and no other word any', () => {
  const { tables, mean } = of('repeated words');
  // Narrow tables take a product, wide ones sums by word.
  expect(tables.map(({ width, others }) => [width, others])).toEqual([
    [2, 0],
    [40, 0],
  ]);
  for (const { row } of tables) expect(row).toBeLessThan(tolerance);
  expect(mean).toBeLessThan(tolerance);
});

test('a value that is not a number ends the training at its step', () => {
  const atFifth = { steps: 5, wasStopped: true, lossIsFinite: false };
  expect(of('a value that is not finite')).toMatchObject({
    ...{ graph: atFifth, shards: atFifth, eager: atFifth },
    whole: { steps: 12, wasStopped: false, calls: 1, lossIsFinite: true },
  });
});

test('a row or a word that is not there is an error, and the weights stay', () => {
  const { above, below } = of('a row that is not there');
  expect(above).toMatch('= 21 is not in [0, 21)');
  expect(below).toMatch('= -1 is not in [0, 21)');
  const { message } = of('a word that is not there');
  expect(message).toMatch('= 6 is not in [0, 6)');
  expect(of('a training after an error')).toMatchObject({
    ...{ hasFailed: true, isUnmoved: true, steps: 1 },
  });
});

test('the penalties of regularizers are part of the loss', () => {
  const { penalty, difference } = of('regularizers');
  expect(penalty).toBeGreaterThan(0.01);
  expect(difference).toBeLessThan(tolerance);
});

test('masked words change nothing', () => {
  const { layers } = of('masks');
  expect(layers.map(({ name }) => name)).toEqual(['GRU', 'LSTM', 'mean']);
  expect(layers.filter(({ difference }) => !(difference < tolerance))).toEqual([]);
});

test('a metric that counts booleans is right, and ops name the types of their inputs', () => {
  const { wanted, found, attributes } = of('means of booleans');
  expect(wanted).toBeGreaterThan(0);
  expect(found).toBeCloseTo(wanted, 6);
  expect(attributes.length).toBe(4);
  expect(attributes.filter(({ named, input }) => named !== input)).toEqual([]);
});

interface Refusal {
  readonly refused: string | null;
  readonly message?: string;
}

const refusal = (message: string): Refusal => ({ refused: 'CompileRefusal', message });

test('a tensor from outside of the step is refused, not frozen', () => {
  expect(of('a tensor from outside')).toMatchObject(
    refusal('a float32 tensor of shape [3, 2] from outside the step would freeze'),
  );
  expect(of('a variable from outside')).toMatchObject(
    refusal('a float32 tensor of shape [3] from outside the step would freeze'),
  );
  expect(of('a tensor made inside')).toMatchObject({ refused: null });
});

test('an assignment to a variable of no layer is refused and not done', () => {
  expect(of('an assignment to a variable from outside')).toMatchObject({
    ...refusal('the step assigns a variable of no layer'),
    values: [1, 1, 1],
  });
});

test('a value that JavaScript reads, or that a shape depends on, is refused', () => {
  const read = refusal('JavaScript reads a value that the step computes');
  expect(of('a value read in JavaScript')).toMatchObject({ dataSync: read, arraySync: read });
  expect(of('a shape from a value')).toMatchObject(
    refusal('the shape of Fill depends on values that are computed'),
  );
});

test('a random number of JavaScript is refused', () => {
  const drawn = refusal('JavaScript draws a random number');
  expect(of('a random number of JavaScript')).toMatchObject({
    ...{ random: drawn, normal: drawn, dropout: drawn },
  });
});

test('an op that is not known is refused by its name, and the training then runs op by op', () => {
  expect(of('an op without a rule')).toMatchObject(refusal('the op UniqueV2 has no shape rule'));
  expect(of('a layer without a rule')).toMatchObject({
    execution: { mode: 'eager', reason: 'the op Conv3D has no shape rule' },
    steps: 1,
    isMoved: true,
  });
  expect(of('a layer with a rule')).toMatchObject({ execution: { mode: 'graph' } });
});

test('a step gives the same program whenever it is traced', () => {
  const { isSame, lines: count } = of('the same step twice');
  expect(isSame).toBe(true);
  expect(count).toBeGreaterThan(50);
});

test("a trace leaves the model's variables as they are", () => {
  expect(of('real variables')).toMatchObject({
    ...{ areSameIds: true, isUntouched: true, isAlive: true },
  });
});

test('a failed trace leaves backend, Math.random, assignments and tensors as they were', () => {
  expect(of('a failed trace')).toMatchObject({
    ...{ message: 'on the way', isAsBefore: true, hasOwnValue: true, left: 0, sum: 3 },
  });
});
