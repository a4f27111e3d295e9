import { join } from 'node:path';
import type { Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { problemName } from '../../problems/load-problems.ts';

/** What a package's code breaks of its contract: "its data.ts fails: ...". */
export function packageFault(
  { directory }: Pick<Problem, 'directory'>,
  what: string,
  cause?: unknown,
): GraderError {
  return new GraderError(
    {
      fault: 'package',
      code: 'problem-data',
      message: `The problem package ${problemName({ directory })} is broken: ${what}.`,
      help: `The submission is not at fault. Correct the package in ${join(directory, '/')}`,
    },
    { cause },
  );
}
