import { candidateError } from '../errors.ts';
import { meanOfRows } from './mean-of-rows.ts';
import { probabilityOf } from './rows.ts';

/** What scikit-learn takes for none: the distance from 1 to the next float32. */
const least = 2 ** -23;

/**
 * Minus the mean logarithm of the probability of the right class. Throws fault `candidate` for outputs that
 * are no probabilities, which could be lower than any.
 */
export const logLoss = meanOfRows((actual, predicted, probabilities) => {
  if (probabilities && !areProbabilities(probabilities)) {
    throw candidateError(
      'predictions-not-probabilities',
      `Log loss takes probabilities, 0 to 1 and 1 together, got a row of ${probabilities.length} from ${Math.min(...probabilities)} to ${Math.max(...probabilities)}.`,
      'Let the last layer have the activation softmax, or sigmoid where it has one output.',
    );
  }
  return -Math.log(Math.max(least, probabilityOf(actual, predicted, probabilities)));
});

function areProbabilities(row: readonly number[]): boolean {
  const sum = row.reduce((total, value) => total + value, 0);
  return (
    row.every((value) => value >= 0 && value <= 1) && (row.length === 1 || Math.abs(sum - 1) < 1e-3)
  );
}
