import { extname } from 'node:path';
import { problemName } from '../../problems/load-problems.ts';
import type { GradeReport } from '../contract.ts';
import type { CheckEntry } from './entries.ts';

/** A submission as far as its time is concerned. */
type Timed = Pick<CheckEntry, 'problem' | 'file'>;

/** What a result tells of its time. */
type Judged = Pick<GradeReport, 'problem' | 'submission' | 'training' | 'evaluation'>;

/** Seconds to open, to score and to write a report. */
const aroundIt = 2;
/** Seconds of a model file, of which only predictions are made, where no earlier one tells. */
const modelSeconds = 4;
/** What trainings take of the time that they may, where no earlier one tells. */
const shareOfLimit = 0.1;

/**
 * How long submissions take: as others of the same problem and kind did, in this run or in earlier results on
 * this machine, else by the problem's limit.
 */
export class Pace {
  private readonly seen = new Map<string, { readonly seconds: number; readonly count: number }>();

  /** Seconds that one took, of what an earlier result or this run tells. */
  learn({ problem, submission: { file }, training, evaluation }: Judged): void {
    const seconds = training
      ? training.trainSeconds + training.predictSeconds
      : (evaluation?.predictSeconds ?? 0);
    const key = kindOf(problem.id, isTrained(file));
    const seen = this.seen.get(key) ?? { seconds: 0, count: 0 };
    this.seen.set(key, { seconds: seen.seconds + seconds + aroundIt, count: seen.count + 1 });
  }

  /** Seconds that one will take, about. */
  of({ problem, file }: Timed): number {
    const isRecipe = isTrained(file);
    const { trainingSeconds } = problem.definition.limits;
    const guess = isRecipe ? shareOfLimit * trainingSeconds : modelSeconds;
    const seen = this.seen.get(kindOf(problemName(problem), isRecipe));
    // One that is refused at once tells little of the others: the guess counts as one more.
    return ((seen?.seconds ?? 0) + guess) / ((seen?.count ?? 0) + 1);
  }

  /** Seconds that all of them will take, some at once. */
  ofAll(items: readonly Timed[], jobs: number): number {
    const sum = items.reduce((total, item) => total + this.of(item), 0);
    return items.length === 0 ? 0 : sum / Math.min(jobs, items.length);
  }
}

function kindOf(problem: string, isRecipe: boolean): string {
  return `${problem} ${isRecipe ? 'recipe' : 'model'}`;
}

function isTrained(file: string): boolean {
  return ['.ts', '.mts', '.js', '.mjs'].includes(extname(file).toLowerCase());
}
