import { GraderError } from '../../errors.ts';

/** Does a layer's arithmetic; what is too large in it is told with the layer's name. */
export function inLayer<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    const { failure } = error;
    throw new GraderError(
      { ...failure, message: `Layer ${name}: ${failure.message}` },
      { cause: error },
    );
  }
}
