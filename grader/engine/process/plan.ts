import type {
  ExecutionPlan,
  LayerSummary,
  ModelSummary,
  PredictionPlan,
  RoomPlan,
  Shape,
} from '../../contract.ts';

/** One thread, which is also the fastest for small models: handing work over costs more than it. */
export const smallPlan: ExecutionPlan = {
  ...{ intraOp: 1, interOp: 1, shards: 1 },
  ...{ oneDnn: false, gpuPays: false },
};

/**
 * Multiply-adds of a batch's forward pass from which a second thread pays, found by `npm run bench`;
 * and a GPU (an H100 needs 1.0 ms for a step of the MLP there, two cores 1.3; of the smaller ones, ten
 * times what a core needs).
 */
const leastWork = 20e6;
/** Below so many multiply-adds for each weight, reading and updating the weights is most of a step. */
const leastReuse = 100;
const fewestRowsOfShard = 16;
/** Multiply-adds from which oneDNN's kernels are faster than TensorFlow's own. */
const leastWorkOfOneDnn = 5e6;

/**
 * Batches are cut in shards rather than ops in threads: on every workload measured that is as fast
 * or faster, and the numbers do not depend on how many threads there really are. Statistics of
 * BatchNormalization need the whole batch, so such models have threads inside of their ops.
 */
export function planExecution(
  model: Pick<ModelSummary, 'layers' | 'inputShape' | 'parameters'>,
  { batch, threads }: { batch: number; threads: number },
): ExecutionPlan {
  const work = batch * multiplyAdds(model);
  const has = (className: string) => model.layers.some((layer) => layer.className === className);
  const oneDnn = work >= leastWorkOfOneDnn;
  // A recurrence is a kernel after the other for each of its steps, each too small for a GPU.
  const gpuPays = work >= leastWork && !model.layers.some(isRecurrent);
  const chosen = { oneDnn, gpuPays };
  if (threads === 1 || work < leastWork) return { ...smallPlan, ...chosen };
  if (has('BatchNormalization')) return { intraOp: threads, interOp: 1, shards: 1, ...chosen };
  const sideBySide = { intraOp: 1, interOp: threads, ...chosen };
  if (work < leastReuse * model.parameters) return { ...sideBySide, shards: 1 };
  // The two directions run side by side already.
  const parts = has('Bidirectional') ? Math.floor(threads / 2) : threads;
  return { ...sideBySide, shards: shardsOf(batch, parts) };
}

type Model = Pick<ModelSummary, 'layers' | 'inputShape' | 'parameters'>;

/** As for a training of the same batch, and how many rows are predicted at once. */
export function planPrediction(
  model: Model,
  { activations, threads }: { activations: number; threads: number },
): PredictionPlan {
  const plan = planExecution(model, { batch: usualBatch, threads });
  return { ...plan, shards: 1, batch: predictedAtOnce(model, activations, plan) };
}

/** What a training's validation and predictions have room for; the batch itself is the recipe's. */
export function planRoom(
  model: Model,
  plan: ExecutionPlan,
  { activations, batch }: { activations: number; batch: number },
): RoomPlan {
  const evaluations = Math.floor(activationBytes / (4 * activations * batch));
  return {
    predicted: predictedAtOnce(model, activations, plan),
    evaluations: Math.min(plan.interOp, Math.max(1, evaluations)),
  };
}

/** So few that they fit in memory, and that a batch, which cannot be cut short, takes no second. */
function predictedAtOnce(model: Model, activations: number, { interOp }: ExecutionPlan): number {
  const fitting = Math.floor(activationBytes / (4 * activations * interOp));
  const quick = Math.floor(mostWorkOfBatch / multiplyAdds(model));
  return Math.min(usualBatch, Math.max(1, Math.min(fitting, quick)));
}

/** For the activations of all batches that are under way at once. */
const activationBytes = 2 ** 28;
/** Multiply-adds; a core does some ten thousand millions of them in a second. */
const mostWorkOfBatch = 2 ** 32;
const usualBatch = 128;

/** The largest power of two that divides the batch and leaves enough rows to each part. */
function shardsOf(batch: number, most: number): number {
  let shards = 1;
  while (batch % (2 * shards) === 0 && 2 * shards <= most) {
    if (batch / (2 * shards) < fewestRowsOfShard) break;
    shards *= 2;
  }
  return shards;
}

/** Of one example's forward pass: each weight once for every position that it is used at. */
export function multiplyAdds({
  layers,
  inputShape,
}: Pick<ModelSummary, 'layers' | 'inputShape'>): number {
  return layers.reduce((sum, layer, index) => {
    if (withoutProducts.has(layer.className)) return sum;
    return sum + layer.parameters * positions(layer, layers[index - 1]?.outputShape ?? inputShape);
  }, 0);
}

const withoutProducts = new Set(['Embedding', 'BatchNormalization', 'LayerNormalization', 'PReLU']);
const recurrent = new Set([
  ...['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'ConvLSTM1D', 'ConvLSTM2D', 'Bidirectional'],
]);
/** Taken for an axis without a size, where a guess at the work will do. */
export const unknownLength = 64;

function isRecurrent({ className }: LayerSummary): boolean {
  return recurrent.has(className);
}

function positions(layer: LayerSummary, given: Shape): number {
  const shape = isRecurrent(layer) ? given : layer.outputShape;
  return shape
    .slice(0, -1)
    .reduce<number>((product, length) => product * (length ?? unknownLength), 1);
}

/** What a trainer must know before it loads TensorFlow. */
export type ProcessPlan = Pick<ExecutionPlan, 'intraOp' | 'interOp' | 'oneDnn'>;

/** Read by libtensorflow when it is loaded, so it cannot be set inside the process. */
export function planEnvironment({ intraOp, interOp, oneDnn }: ProcessPlan): Record<string, string> {
  return {
    TF_NUM_INTRAOP_THREADS: String(intraOp),
    TF_NUM_INTEROP_THREADS: String(interOp),
    TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0',
  };
}
