import { findProblem } from '../../problems/index.ts';
import { serve } from '../process/serve.ts';
import { prepareProblem, type PrepareJob } from './prepare.ts';

serve((message, report) => {
  const job = message as PrepareJob;
  return prepareProblem(findProblem(job.problemId), job, report);
});
