import { problemIn } from '../../problems/load-problems.ts';
import { serve } from '../process/serve.ts';
import { loadCode } from './load-code.ts';
import { prepareProblem, type PrepareJob } from './prepare.ts';

serve(async (message, onProgress) => {
  const job = message as PrepareJob;
  const { directory, definition } = problemIn(job.directory);
  const code = await loadCode({ directory, definition });
  return prepareProblem({ directory, definition, code }, job, onProgress);
});
