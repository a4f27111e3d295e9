import type { Share } from '../contract/numbers.ts';
import { measure } from './measure.ts';
import { huberLosses, mean, r2 } from './regression-metrics.ts';

/** What a report tells of every classifier, whichever metric its problem has. */
export interface LabelFigures {
  readonly accuracy: Share;
}

/** What a report tells of every regression and forecast, whichever metric its problem has. */
export interface ValueFigures {
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly r2: number | null;
  /** Huber loss with delta 1, as in Keras. */
  readonly huber: number;
}

/** In the order of a report's page. */
export const labelFigureNames: readonly (keyof LabelFigures)[] = ['accuracy'];

/** In the order of a report's page. */
export const valueFigureNames: readonly (keyof ValueFigures)[] = [
  'mae',
  'rmse',
  'mse',
  'r2',
  'huber',
];

export function labelFigures(
  actual: readonly number[],
  predicted: readonly number[],
): LabelFigures {
  return { accuracy: measure('accuracy', { actual, predicted }).value };
}

export function valueFigures(
  actual: readonly number[],
  predicted: readonly number[],
): ValueFigures {
  const of = (id: 'mae' | 'mse' | 'rmse') => measure(id, { actual, predicted }).value;
  return {
    mae: of('mae'),
    mse: of('mse'),
    rmse: of('rmse'),
    r2: r2(actual, predicted),
    huber: mean(huberLosses(actual, predicted)),
  };
}
