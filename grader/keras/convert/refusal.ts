import { GraderError } from '../../errors.ts';

/** A model that is not what the grader can compute: the candidate's to change. */
export function unsupported(code: string, message: string, help?: string): GraderError {
  return new GraderError({ fault: 'candidate', code, message, ...(help ? { help } : {}) });
}

/** A configuration that Keras would not read either. */
export function malformed(message: string): GraderError {
  return unsupported(
    'model-config',
    message,
    'Save the model again with model.save; if it stays so, the file was edited or damaged.',
  );
}
