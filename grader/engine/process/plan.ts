import type { ExecutionPlan, KerasObject, PredictionPlan, RoomPlan } from '../../contract.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import { lossOf } from '../train/losses/table.ts';

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
 * BatchNormalization need the whole batch, as do losses that are no mean of their examples', so such
 * trainings have threads inside of their ops.
 */
export function planExecution(
  model: Omit<ModelFacts, 'activations'>,
  { batch, threads, loss }: { batch: number; threads: number; loss?: KerasObject },
): ExecutionPlan {
  const work = batch * model.multiplyAdds;
  const oneDnn = work >= leastWorkOfOneDnn;
  // A recurrence is a kernel after the other for each of its steps, each too small for a GPU.
  const gpuPays = work >= leastWork && !model.isRecurrent;
  const chosen = { oneDnn, gpuPays };
  if (threads === 1 || work < leastWork) return { ...smallPlan, ...chosen };
  const seesTheBatch = model.seesTheBatch || (loss && lossOf(loss).seesTheBatch);
  if (seesTheBatch) return { intraOp: threads, interOp: 1, shards: 1, ...chosen };
  const sideBySide = { intraOp: 1, interOp: threads, ...chosen };
  if (work < leastReuse * model.parameters) return { ...sideBySide, shards: 1 };
  // Directions run side by side already.
  return { ...sideBySide, shards: shardsOf(batch, Math.floor(threads / model.directions)) };
}

/** As for a training of the same batch, and how many rows are predicted at once. */
export function planPrediction(
  model: ModelFacts,
  { threads }: { threads: number },
): PredictionPlan {
  const plan = planExecution(model, { batch: usualBatch, threads });
  return { ...plan, shards: 1, batch: predictedAtOnce(model, plan) };
}

/** What a training's validation and predictions have room for; the batch itself is the recipe's. */
export function planRoom(
  model: ModelFacts,
  plan: ExecutionPlan,
  { batch }: { batch: number },
): RoomPlan {
  const evaluations = Math.floor(activationBytes / (4 * model.activations * batch));
  return {
    predicted: predictedAtOnce(model, plan),
    evaluations: Math.min(plan.interOp, Math.max(1, evaluations)),
  };
}

/** So few that they fit in memory, and that a batch, which cannot be cut short, takes no second. */
function predictedAtOnce(model: ModelFacts, { interOp }: ExecutionPlan): number {
  const fitting = Math.floor(activationBytes / (4 * model.activations * interOp));
  const quick = Math.floor(mostWorkOfBatch / model.multiplyAdds);
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
