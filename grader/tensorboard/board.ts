import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport, ModelSummary, Recipe, TrainProgress } from '../contract.ts';
import { GraderError, usageError } from '../errors.ts';
import { Session, type Training } from './session.ts';

/** What follows a grading and writes it down at once. Throws what the file system does. */
interface BoardListener {
  onModel(model: ModelSummary): void;
  onRecipe(recipe: Recipe, seed: number): void;
  onSeed(event: { readonly seed: number; readonly run: unknown }): void;
  onTrain(progress: TrainProgress): void;
  onEnd(report: GradeReport): void;
}

interface Board {
  /** The result folder has the weights at the end. */
  listenerFor(results: string): BoardListener;
}

/**
 * Opens a folder for event files of TensorBoard: `train` and `validation` in it have the curves, and
 * where several seeds are trained `seed-5/train` and so on. Of a model that is not trained there is its
 * score alone. Throws with fault `usage` where an earlier training lies there, whose curves would be
 * mixed with these, and `machine` where nothing can be written.
 */
export function openBoard(folder: string): Board {
  try {
    const whole = new Session(folder);
    const runs = readdirSync(folder).filter((name) => /^(?:train|validation|seed-\d+)$/.test(name));
    if (runs.length === 0) return { listenerFor: (results) => listen({ folder, results, whole }) };
  } catch (cause) {
    throw notWritten(folder, cause);
  }
  throw usageError(
    'tensorboard-in-use',
    `${folder} has the curves of an earlier training.`,
    `Name another folder with --tensorboard, such as ${join(folder, '2')}: TensorBoard shows both.`,
  );
}

function notWritten(folder: string, cause: unknown): GraderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraderError(
    {
      fault: 'machine',
      code: 'tensorboard-not-written',
      message: `The files of TensorBoard cannot be written to ${folder}: ${reason}.`,
      help: 'Name another folder with --tensorboard.',
    },
    { cause },
  );
}

interface Folders {
  readonly folder: string;
  readonly results: string;
  readonly whole: Session;
}

function listen({ folder, results, whole }: Folders): BoardListener {
  const seeds = new Map<number, Session>();
  let session = whole;
  let training: Partial<Training> = {};
  return {
    onModel: (model) => void (training = { ...training, model }),
    onRecipe: (recipe, seed) => void (training = { ...training, recipe, seed }),
    onSeed({ seed, run }) {
      if (run !== null) return;
      training = { ...training, seed };
      session = new Session(join(folder, `seed-${seed}`));
      seeds.set(seed, session);
    },
    onTrain(progress) {
      if (!isWhole(training)) return;
      if (progress.type === 'started') session.begin(training);
      else if (progress.type === 'epoch') session.epoch(progress.record);
    },
    onEnd(report) {
      const model = join(results, 'model');
      if (report.training && existsSync(model)) {
        const graded = seeds.get(report.environment.seed) ?? whole;
        graded.weights(model, report.training.gradedEpoch);
      }
      endAll(report, whole, seeds);
    },
  };
}

function isWhole(training: Partial<Training>): training is Training {
  return training.recipe !== undefined && training.model !== undefined;
}

function endAll(report: GradeReport, whole: Session, seeds: ReadonlyMap<number, Session>): void {
  const metric = report.problem.metric.id;
  for (const [seed, session] of seeds) {
    const run = report.seeds?.runs.find((each) => each.seed === seed);
    session.end({ metric, value: run?.value ?? null, points: run?.points ?? null });
  }
  whole.end({ metric, value: report.score?.value ?? null, points: report.points });
}
