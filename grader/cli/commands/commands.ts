import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerCache } from './cache.ts';
import { registerCheck } from './check.ts';
import { registerCompare } from './compare.ts';
import { registerData } from './data.ts';
import { registerDoctor } from './doctor.ts';
import { registerExam } from './exam.ts';
import { registerGrade } from './grade.ts';
import { registerHistory } from './history.ts';
import { registerInspect } from './inspect.ts';
import { registerKey } from './key.ts';
import { registerProblem } from './problem.ts';
import { registerProblems, registerShow } from './problems.ts';
import { registerSchema } from './schema.ts';
import { registerScore } from './score.ts';
import { registerSelftest } from './selftest.ts';
import { registerSetup } from './setup.ts';
import { registerStart } from './start.ts';
import { registerVerify } from './verify.ts';

/**
 * In the order of `--help`. A command's module says how it is called; what it does, and all that this needs, it
 * imports when it is run.
 */
export const commands: readonly ((program: Command, context: CliContext) => void)[] = [
  registerGrade,
  registerScore,
  registerCheck,
  registerCompare,
  registerHistory,
  registerInspect,
  registerExam,
  registerVerify,
  registerKey,
  registerProblem,
  registerProblems,
  registerShow,
  registerStart,
  registerData,
  registerSetup,
  registerCache,
  registerDoctor,
  registerSelftest,
  registerSchema,
];
