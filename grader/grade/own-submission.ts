import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  KerasObject,
  ProblemDefinition,
  RecipeSubmission,
  Task,
  TrainResult,
} from '../contract.ts';
import { planExecution, planRoom } from '../engine/process/plan.ts';
import type { ProcessDied } from '../errors.ts';
import { openSubmission } from '../formats/open-submission.ts';
import { vocabularyOf } from '../recipe/for-problem.ts';
import { type Brought, type Grading, scratchOf } from './grading.ts';

// A small submission of the grader's own for each stage, by which a machine shows that it is well.

/** Reads a file of the kind whose reader died: a recipe module, or a model's configuration. */
export async function readOwn(grading: Grading, died: ProcessDied): Promise<unknown> {
  if (died.failure.code === 'recipe-process-died') return open(grading, 'own.ts', module);
  const { definition } = grading.request.problem;
  await write(grading, 'own.recipe.json', recipeOf(definition));
  return open(grading, 'own.json', JSON.stringify(modelOf(definition)));
}

const module = `import { defineRecipe, layers, sequential } from 'grader';
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [1] })]),
  compile: { optimizer: 'adam', loss: 'meanSquaredError' },
  fit: { epochs: 1 },
});`;

/** Trains a model of one layer for one step on the problem's data, and predicts with it. */
export async function trainOwn(grading: Grading, { engine, data }: Brought): Promise<TrainResult> {
  const { request, processes } = grading;
  const { definition } = request.problem;
  const { recipe } = await ownRecipe(grading);
  const { batch_size: batch } = recipe.fit;
  const { measureModel } = await import('../engine/model/measure-model.ts');
  const use = { kind: 'training', batch } as const;
  const { model, facts } = measureModel({ model: recipe.model, use, problem: definition });
  const plan = planExecution(facts, { batch, threads: request.threads, loss: recipe.compile.loss });
  const job = {
    ...{ recipe, model, problem: definition, data, seed: 1, plan },
    room: planRoom(facts, plan, { batch }),
    vocabulary: vocabularyOf(recipe, definition),
    directory: join(scratchOf(request), 'own'),
    trainingSeconds: definition.limits.trainingSeconds,
    addon: engine.addon,
    needsGpu: request.engine.device === 'gpu',
  };
  return processes.trainer(engine).train(job, { signal: request.interrupt });
}

async function ownRecipe(grading: Grading): Promise<RecipeSubmission> {
  const submission = await open(grading, 'own.json', recipeOf(grading.request.problem.definition));
  if (submission.trained) throw new Error('a recipe is no trained model');
  return submission;
}

/** A recipe that every problem can be trained by, in one step. */
export function recipeOf(definition: ProblemDefinition): string {
  return JSON.stringify({
    format: 'grader-recipe',
    version: 1,
    model: modelOf(definition),
    compile: { optimizer: 'adam', loss: losses[definition.task] },
    fit: { epochs: 1, steps_per_epoch: 1 },
  });
}

const losses: Record<Task, string> = {
  regression: 'mean_squared_error',
  forecast: 'mean_squared_error',
  multiclass: 'sparse_categorical_crossentropy',
  binary: 'binary_crossentropy',
};

const activations: Record<Task, string> = {
  regression: 'linear',
  forecast: 'linear',
  multiclass: 'softmax',
  binary: 'sigmoid',
};

/** All inputs at once into one layer, which gives the problem's flat form of output. */
function modelOf({ input, outputs, task }: ProblemDefinition): KerasObject {
  const shape = input.shapes.find((each) => !each.includes(null)) ?? [];
  const output = outputs.find((each) => each.shape.length === 1)?.shape ?? [1];
  const batchShape = { batch_input_shape: [null, ...shape] };
  const config = { name: 'dense', units: output[0], activation: activations[task] };
  const flatten = { class_name: 'Flatten', config: { name: 'flatten', ...batchShape } };
  const layers =
    shape.length === 1
      ? [{ class_name: 'Dense', config: { ...config, ...batchShape } }]
      : [flatten, { class_name: 'Dense', config }];
  return { class_name: 'Sequential', config: { name: 'own', layers } };
}

async function open(grading: Grading, name: string, text: string) {
  const file = await write(grading, name, text);
  return openSubmission(file, {
    scratch: join(scratchOf(grading.request), 'own'),
    signal: grading.request.interrupt,
  });
}

async function write({ request }: Grading, name: string, text: string): Promise<string> {
  const folder = join(scratchOf(request), 'own');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return join(folder, name);
}
