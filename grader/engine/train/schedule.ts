import type { KerasObject } from '../../contract.ts';
import type { StoredOptions } from '../../recipe/option.ts';
import { isSchedule, scheduleTable } from '../../recipe/optimizers.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import type { AnyOptions, OfOptions } from '../layers/of-options.ts';

type Table = typeof scheduleTable;
type Options<ClassName extends keyof Table> = StoredOptions<Table[ClassName]['options']>;
type Schedule<Options> = OfOptions<Options, [step: number], number>;

/** Keras 3's schedules (keras/src/optimizers/schedules/learning_rate_schedule.py). */
const schedules: { readonly [ClassName in keyof Table]: Schedule<Options<ClassName>> } = {
  ExponentialDecay: (options, step) =>
    options.initialLearningRate * options.decayRate ** period(options, step),
  InverseTimeDecay: (options, step) =>
    options.initialLearningRate / (1 + options.decayRate * period(options, step)),
  /** A step that equals a boundary still has the rate before it. */
  PiecewiseConstantDecay({ boundaries, values }, step) {
    const passed = boundaries.filter((boundary) => step > boundary).length;
    return values[passed] ?? 0;
  },
  PolynomialDecay({ initialLearningRate, endLearningRate, decaySteps, power, cycle }, step) {
    const steps = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const share = Math.min(step, steps) / steps;
    return (initialLearningRate - endLearningRate) * (1 - share) ** power + endLearningRate;
  },
  CosineDecay: cosine,
};

/**
 * The learning rate of a step, counted from 0: a number, or a named schedule. Rounded to float32, as
 * Keras holds it. Throws for a class that is none.
 */
export function learningRateAt(rate: number | KerasObject, step: number): number {
  return Math.fround(typeof rate === 'number' ? rate : scheduled(rate, step));
}

function scheduled({ class_name: className, config }: KerasObject, step: number): number {
  if (!isSchedule(className)) throw new Error(`Unknown learning-rate schedule: ${className}`);
  const schedule: Schedule<AnyOptions> = schedules[className];
  return schedule(storedOptions(scheduleTable[className].options, config), step);
}

function period(options: { decaySteps: number; staircase: boolean }, step: number): number {
  const periods = step / options.decaySteps;
  return options.staircase ? Math.floor(periods) : periods;
}

function cosine(options: Options<'CosineDecay'>, step: number): number {
  const { initialLearningRate, warmupTarget, warmupSteps, decaySteps, alpha } = options;
  const warmup = warmupTarget === null ? 0 : warmupSteps;
  const start = warmupTarget ?? initialLearningRate;
  if (step < warmup) return initialLearningRate + ((start - initialLearningRate) * step) / warmup;
  const done = Math.min(step - warmup, decaySteps) / decaySteps;
  return start * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha);
}
