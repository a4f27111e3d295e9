import { within } from '../../errors.ts';

/** Does a layer's arithmetic; what is too large in it is told with the layer's name. */
export function inLayer<Result>(name: string, work: () => Result): Result {
  return within(`Layer ${name}`, work);
}
