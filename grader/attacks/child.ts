import { serve } from '../process/serve.ts';
import { tries } from './tries/index.ts';
import type { Target } from './tries/target.ts';

/** Plain Node code in the place of a recipe's, a reader's or a trainer's process. */
export interface TryJob {
  readonly name: string;
  readonly target: Target;
}

export interface TryAnswer {
  readonly worked: boolean;
  /** What it got, or the code or words of what stopped it. */
  readonly said: string;
}

serve(async (job): Promise<TryAnswer> => {
  const { name, target } = job as TryJob;
  try {
    return { worked: true, said: String(await tries[name]?.(target)) };
  } catch (error) {
    return { worked: false, said: wordsOf(error) };
  }
});

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
