import { runProgram } from './run-program.ts';

export interface KerasCase {
  readonly name: string;
  readonly weights: boolean;
  readonly shape: boolean;
  readonly promisedShape: boolean;
  /** Largest differences. */
  readonly prediction: number;
  readonly loss: number;
  readonly gradient: number;
}

/** The fixtures have seven digits; their numbers are of the order of one. */
const tolerance = 2e-6;

/** The cases of a fixture as our layers compute them. */
export function kerasCases(fixture: string): Promise<KerasCase[]> {
  return runProgram<KerasCase>('keras-cases.js', fixture);
}

export function isOff(found: KerasCase): boolean {
  const { weights, shape, promisedShape, prediction, loss, gradient } = found;
  const isClose = [prediction, loss, gradient].every((difference) => difference <= tolerance);
  return !weights || !shape || !promisedShape || !isClose;
}
