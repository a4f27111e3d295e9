import type { ModelSummary, ProblemDefinition, TrainedSubmission } from '../contract.ts';
import { activationsOf } from '../engine/measure-model.ts';
import { planPrediction } from '../engine/plan.ts';
import type { Grading, Work } from './grading.ts';
import { readAsHandedIn } from './read-as-handed-in.ts';

/** Predicts with the weights that came with the model. */
export function evaluationWork(
  { request, listener, outcome, processes }: Grading,
  { trained }: TrainedSubmission,
  model: ModelSummary,
): Work {
  const { definition } = request.problem;
  const activations = activationsOf(model, definition);
  const plan = planPrediction(model, { activations, threads: request.threads });
  const { notes, ...reading } = readAsHandedIn(trained, model, definition);
  outcome.notes.push(...notes);
  return {
    plan,
    async run({ engine, data }) {
      listener.onStage?.('predicting');
      const { task, input, metric, seriesRange } = definition;
      const job = {
        ...{ trained, data, plan, ...reading },
        problem: { task, input, metric, ...(seriesRange ? { seriesRange } : {}) },
        poorBeyond: barOf(definition, definition.passMark),
        worthFrom: barOf(definition, 1),
        directory: request.directory,
        seconds: request.trainingSeconds,
        addon: engine.addon,
        needsGpu: request.engine.device === 'gpu',
      };
      const evaluated = await processes.trainer(engine).evaluate(job, {
        onProgress: (progress) => listener.onTrain?.(progress, 0),
        onStderr: (line) => listener.onLog?.(line),
        signal: request.interrupt,
      });
      const { predictSeconds, environment, hints } = evaluated;
      outcome.evaluation = { ...trained.facts, model, predictSeconds };
      outcome.environment = environment;
      outcome.hints.push(...hints);
      return evaluated.predictions;
    },
  };
}

/** What the strict profile asks for. */
function barOf({ profiles }: ProblemDefinition, points: number): number {
  return profiles.strict.bars.find((bar) => bar.points === points)?.value ?? 0;
}
