import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArrayFile, Attempt, Shape } from '../contract.ts';

interface Size {
  /** Held-out rows. */
  readonly rows: number;
  readonly bytes: number;
}

/** The shape of a `predictions.f32`, which only its report knows; null where the size is not that of the rows. */
export function predictionsShape(
  { training, evaluation }: Pick<Attempt, 'training' | 'evaluation'>,
  { rows, bytes }: Size,
): number[] | null {
  const model = training?.model ?? evaluation?.model;
  const shape = model && filled(model.outputShape, bytes / 4 / rows);
  return shape ? [rows, ...shape] : null;
}

/** A shape with so many values, whose one open axis takes what is left; null where it has not so many. */
function filled(shape: Shape, values: number): number[] | null {
  const known = shape.reduce<number>((product, size) => product * (size ?? 1), 1);
  const whole = shape.map((size) => size ?? values / known);
  const product = whole.reduce((all, size) => all * size, 1);
  return product === values && whole.every(Number.isInteger) ? whole : null;
}

/** What a scored attempt has left of its answers in its folder; null where that is not there as it should be. */
export async function findPredictions(folder: string, attempt: Attempt): Promise<ArrayFile | null> {
  const path = join(folder, 'predictions.f32');
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || !attempt.score) return null;
  const shape = predictionsShape(attempt, { rows: attempt.score.rows, bytes: found.size });
  return shape && { path, dtype: 'float32', shape };
}
