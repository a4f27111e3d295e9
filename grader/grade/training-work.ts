import type { RecipeSubmission } from '../contract.ts';
import type { MeasuredModel } from '../engine/model/measure-model.ts';
import { forecastMemory } from '../engine/process/memory-forecast.ts';
import { planExecution, planRoom } from '../engine/process/plan.ts';
import { seedOf } from './outcome.ts';
import { vocabularyOf } from '../recipe/for-problem.ts';
import { mayUseGpu } from './device.ts';
import { inTime } from './in-time.ts';
import type { Grading, Work } from './grading.ts';
import { trainOwn } from './own-submission.ts';
import { repeated } from './repeat.ts';

/** Trains a recipe's model and predicts with the best of it. */
export function trainingWork(
  grading: Grading,
  submission: RecipeSubmission,
  { model, facts }: MeasuredModel,
): Work {
  const { request, listener, outcome, processes } = grading;
  const { recipe } = submission;
  const { definition } = request.problem;
  const { batch_size: batch, epochs } = recipe.fit;
  const { loss } = recipe.compile;
  const plan = planExecution(facts, { batch, threads: request.threads, loss });
  const room = planRoom(facts, plan, { batch });
  const vocabulary = vocabularyOf(recipe, definition);
  return {
    ...{ plan, vocabulary },
    async run(brought) {
      const { engine, data } = brought;
      listener.onStage?.('training');
      const job = {
        ...{ recipe, model, problem: definition, data, plan, room, vocabulary },
        seed: seedOf(request, submission),
        directory: request.directory,
        trainingSeconds: request.trainingSeconds,
        addon: engine.addon,
        needsGpu: request.engine.device === 'gpu',
      };
      const memoryBytes = forecastMemory({
        ...{ use: 'training', model, activations: facts.activations, data },
        // Forward values and their gradients.
        rows: Math.max(2 * batch, room.evaluations * batch, room.predicted * plan.interOp),
        mayUseGpu: mayUseGpu(request, engine),
      });
      const bounds = { seconds: request.trainingSeconds, signal: request.kill };
      const training = await repeated(grading, {
        run: () =>
          inTime(bounds, ({ signal, onProgress }) =>
            processes.trainer(engine).train(job, {
              onProgress: (progress) => {
                onProgress(progress);
                listener.onTrain?.(progress, epochs);
              },
              onStderr: (line) => listener.onLog?.(line),
              softStop: request.interrupt,
              ...{ signal, memoryBytes },
            }),
          ),
        runOwn: () => trainOwn(grading, brought),
      });
      outcome.training = training;
      outcome.probes = training.probes;
      outcome.notes.push(...training.notes);
      return training.predictions;
    },
  };
}
