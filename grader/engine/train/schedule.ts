import type { KerasObject } from '../../contract.ts';

type ScheduleConfig = Readonly<Record<string, number>>;

type Lists = Readonly<Record<string, readonly number[]>>;

/**
 * The learning rate of a step, counted from 0: a number, or one of Keras 3's named schedules
 * (keras/src/optimizers/schedules/learning_rate_schedule.py). Rounded to float32, as Keras holds it.
 */
export function learningRateAt(rate: number | KerasObject, step: number): number {
  return Math.fround(typeof rate === 'number' ? rate : scheduled(rate, step));
}

function scheduled(schedule: KerasObject, step: number): number {
  const config = schedule.config as ScheduleConfig;
  switch (schedule.class_name) {
    case 'ExponentialDecay':
      return rateOf(config) * (config['decay_rate'] ?? 1) ** period(config, step);
    case 'InverseTimeDecay':
      return rateOf(config) / (1 + (config['decay_rate'] ?? 0) * period(config, step));
    case 'PiecewiseConstantDecay':
      return piecewise(schedule.config as Lists, step);
    case 'PolynomialDecay':
      return polynomial(config, step);
    case 'CosineDecay':
      return cosine(config, step);
    default:
      throw new Error(`unknown learning-rate schedule ${schedule.class_name}`);
  }
}

function rateOf(config: ScheduleConfig): number {
  return config['initial_learning_rate'] ?? 0;
}

function period(config: ScheduleConfig, step: number): number {
  const periods = step / (config['decay_steps'] ?? 1);
  return config['staircase'] ? Math.floor(periods) : periods;
}

/** A step that equals a boundary still has the rate before it. */
function piecewise({ boundaries = [], values = [] }: Lists, step: number): number {
  const passed = boundaries.filter((boundary) => step > boundary).length;
  return values[passed] ?? 0;
}

function polynomial(config: ScheduleConfig, step: number): number {
  const { end_learning_rate: end = 0.0001, power = 1 } = config;
  const given = config['decay_steps'] ?? 1;
  const steps = config['cycle'] ? given * Math.max(1, Math.ceil(step / given)) : given;
  const share = Math.min(step, steps) / steps;
  return (rateOf(config) - end) * (1 - share) ** power + end;
}

function cosine(config: ScheduleConfig, step: number): number {
  const { alpha = 0, warmup_steps: warmup = 0 } = config;
  const target = config['warmup_target'] as number | null | undefined;
  const hasWarmup = target !== null && target !== undefined;
  if (hasWarmup && step < warmup)
    return rateOf(config) + ((target - rateOf(config)) * step) / warmup;
  const start = hasWarmup ? target : rateOf(config);
  const steps = config['decay_steps'] ?? 1;
  const done = Math.min(hasWarmup ? step - warmup : step, steps) / steps;
  return start * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha);
}
