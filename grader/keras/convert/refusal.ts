import { candidateError, type GraderError } from '../../errors.ts';

/** A configuration that Keras would not read either. */
export function malformed(message: string): GraderError {
  return candidateError(
    'model-config',
    message,
    'Save the model again with model.save; if it stays so, the file was edited or damaged.',
  );
}
