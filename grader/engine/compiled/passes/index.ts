import type { Program } from '../program.ts';
import { mergeCommonValues } from './common-values.ts';
import { removeDeadCode } from './dead-code.ts';
import { fuse } from './fuse.ts';
import { simplify } from './simplify.ts';

/** The program that computes the same with fewer and faster operations. */
export function optimize(program: Program): Program {
  return removeDeadCode(fuse(mergeCommonValues(simplify(simplify(removeDeadCode(program))))));
}
