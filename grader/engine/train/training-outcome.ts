import type { Execution, Recipe } from '../../contract.ts';
import { lossNotFinite } from '../../contract/training.ts';
import { GraderError, candidateError } from '../../errors.ts';
import { timeLimit } from '../predict/predict.ts';
import type { FitResult } from './fit.ts';

interface TrainingTime {
  /** The limit, for everything that a trainer does. */
  readonly seconds: number;
  /** Seconds of it that the predictions after the training are forecast to need. */
  readonly kept: number;
}

/** No whole epoch means that there is nothing to grade; the reason says whose fault that is. */
export function checkFitted(fitted: FitResult, time: TrainingTime): void {
  if (fitted.gradedEpoch > 0) return;
  const step = fitted.lastStep;
  const where = fitted.lacksValidation ? 'in the validation after' : `at step ${step} of`;
  if (fitted.stoppedBy === 'not-finite') {
    throw candidateError(
      lossNotFinite,
      `The loss is not a finite number at step ${step} of the first epoch, with ${rateOf(fitted)}.`,
      notFiniteHelp,
    );
  }
  if (fitted.stoppedBy === 'interrupted') {
    throw new GraderError({
      fault: 'interrupted',
      code: 'interrupted',
      message: `Interrupted ${where} the first epoch, before it was complete.`,
    });
  }
  throw new GraderError({
    fault: 'limit',
    code: timeLimit,
    message: `Time limit: ${time.seconds} s were over ${where} the first epoch${keptOf(time)}.`,
    help: 'Take a smaller model or fewer stepsPerEpoch; a machine with more cores is faster.',
  });
}

const notFiniteHelp =
  'A lower learning rate, clipnorm, or another activation in the last layer often helps.';

function rateOf({ lastRate }: FitResult): string {
  return `the learning rate ${Number(lastRate.toPrecision(4))}`;
}

function keptOf({ seconds, kept }: TrainingTime): string {
  if (kept < seconds / 10) return '';
  return `; ${kept.toFixed(1)} s of them were kept for the predictions afterwards`;
}

export function executionNotes(execution: Execution): string[] {
  if (execution.mode === 'graph') return [];
  return [`Training ran op by op, which is slower than as one graph: ${execution.reason}.`];
}

export function notesOf(fitted: FitResult, recipe: Recipe): string[] {
  const next = (fitted.history.at(-1)?.epoch ?? 0) + 1;
  const graded = `The weights of epoch ${fitted.gradedEpoch} were graded.`;
  switch (fitted.stoppedBy) {
    case 'time-limit':
      return [
        `The time limit ended the training in epoch ${next} of ${recipe.fit.epochs}. ${graded}`,
      ];
    case 'not-finite':
      return [
        `The loss was not a finite number at step ${fitted.lastStep} of epoch ${next}, with ${rateOf(fitted)}. ${notFiniteHelp} ${graded}`,
      ];
    case 'interrupted':
      return [`Interrupted in epoch ${next} of ${recipe.fit.epochs}. ${graded}`];
    default:
      return [];
  }
}
