import type { EvaluateJob, ProblemDefinition, TrainedSubmission } from '../contract.ts';
import type { MeasuredModel } from '../engine/model/measure-model.ts';
import { withWords } from '../findings/trainers-findings.ts';
import { forecastMemory } from '../engine/process/memory-forecast.ts';
import { planPrediction } from '../engine/process/plan.ts';
import { mayUseGpu } from './device.ts';
import { inTime } from './in-time.ts';
import type { Brought, Grading, Work } from './grading.ts';
import type { GradeRequest } from './request.ts';
import { trainOwn } from './own-submission.ts';
import { readAsHandedIn } from './read-as-handed-in.ts';
import { repeated } from './repeat.ts';

/** Predicts with the weights that came with the model. */
export function evaluationWork(
  grading: Grading,
  { trained }: TrainedSubmission,
  { model, facts }: MeasuredModel,
): Work {
  const { request, listener, outcome, processes } = grading;
  const { definition } = request.problem;
  const plan = planPrediction(facts, { threads: request.threads });
  const { notes, ...reading } = readAsHandedIn(trained, model, definition);
  outcome.notes.push(...notes);
  return {
    plan,
    vocabulary: reading.vocabulary,
    async run(brought) {
      const { engine } = brought;
      listener.onStage?.('predicting');
      const { job, memoryBytes } = evaluateJobOf(request, brought, {
        ...{ trained, model, facts, plan, ...reading },
      });
      const bounds = { seconds: request.trainingSeconds, signal: request.interrupt };
      const evaluated = await repeated(grading, {
        run: () =>
          inTime(bounds, ({ signal, onProgress }) =>
            processes.trainer(engine).evaluate(job, {
              onProgress: (progress) => {
                onProgress(progress);
                listener.onTrain?.(progress, 0);
              },
              onStderr: (line) => listener.onLog?.(line),
              ...{ signal, memoryBytes },
            }),
          ),
        // A training ends with predictions of the same inputs, so it stands for both.
        runOwn: () => trainOwn(grading, brought),
      });
      const { predictSeconds, environment, found, probes } = evaluated;
      outcome.probes = probes;
      outcome.evaluation = { ...trained.facts, model, predictSeconds };
      outcome.environment = environment;
      outcome.findings = [...outcome.findings, ...withWords(found)];
      return evaluated.predictions;
    },
  };
}

interface Predicted
  extends MeasuredModel, Pick<EvaluateJob, 'trained' | 'plan' | 'vocabulary' | 'areLogits'> {}

/** What a trainer is told for predicting with weights that there are, and the memory that it will take. */
export function evaluateJobOf(
  request: GradeRequest,
  { engine, data }: Brought,
  { model, facts, ...given }: Predicted,
): { readonly job: EvaluateJob; readonly memoryBytes: number } {
  const { definition } = request.problem;
  const { task, input, metric, classes, seriesRange } = definition;
  const { plan } = given;
  const memoryBytes = forecastMemory({
    ...{ use: 'prediction', model, activations: facts.activations, data },
    rows: plan.batch * plan.interOp,
    mayUseGpu: mayUseGpu(request, engine),
  });
  const job = {
    ...given,
    data,
    problem: {
      ...{ task, input, metric },
      ...(classes ? { classes } : {}),
      ...(seriesRange ? { seriesRange } : {}),
    },
    poorBeyond: barOf(definition, definition.passMark),
    worthFrom: barOf(definition, 1),
    directory: request.directory,
    seconds: request.trainingSeconds,
    addon: engine.addon,
    needsGpu: request.engine.device === 'gpu',
  };
  return { job, memoryBytes };
}

/** What the strict profile asks for. */
function barOf({ profiles }: ProblemDefinition, points: number): number {
  return profiles.strict.bars.find((bar) => bar.points === points)?.value ?? 0;
}
