import { runProgram } from '../run-program.ts';

export interface KerasCase {
  readonly name: string;
  readonly weights: boolean;
  readonly shape: boolean;
  readonly promisedShape: boolean;
  /** Largest differences; null where one is not a number. */
  readonly prediction: number | null;
  readonly loss: number | null;
  readonly gradient: number | null;
}

/** The fixtures have seven digits; their numbers are of the order of one. */
const tolerance = 2e-6;

/** The cases of a fixture as our layers compute them. */
export function kerasCases(fixture: string): Promise<KerasCase[]> {
  return runProgram<KerasCase>('layers/keras-cases.js', fixture);
}

export function isOff(found: KerasCase): boolean {
  const { weights, shape, promisedShape, prediction, loss, gradient } = found;
  const isClose = [prediction, loss, gradient].every(
    (difference) => difference !== null && difference <= tolerance,
  );
  return !weights || !shape || !promisedShape || !isClose;
}
