import { GraderError } from '../../errors.ts';

export function gpuUnusable(): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'gpu-unusable',
    message: 'A GPU is asked for (--device gpu), but TensorFlow finds none that it can use.',
    help: '`grader doctor` says why; `grader setup --gpu` brings the CUDA build of TensorFlow.',
  });
}

/** TensorFlow's refusal of an op whose sums on a GPU differ from run to run, in our words; else null. */
export function notRepeatable(error: unknown): GraderError | null {
  const message = error instanceof Error ? error.message : '';
  const [said] = /[^\n:]*\b(non)?determinis[^\n]*/i.exec(message) ?? [];
  if (said === undefined) return null;
  return new GraderError(
    {
      fault: 'machine',
      code: 'gpu-not-repeatable',
      message: `TensorFlow cannot train this model on a GPU so that the same seed gives the same result: ${said.trim()}`,
      help: 'Train it on the CPU: --device cpu.',
    },
    { cause: error },
  );
}
