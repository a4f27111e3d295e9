import type { Program } from '../program/program.ts';
import { mergeCommonValues } from './common-values.ts';
import { removeDeadCode } from './dead-code.ts';
import { foldConstants } from './fold-constants.ts';
import { fuse } from './fuse.ts';
import { rewriteProgram, type Rewrite } from './rewrite.ts';
import { multiplySegmentSums } from './segment-sums.ts';
import { simplify } from './simplify.ts';

const everywhere: readonly Rewrite[] = [simplify, foldConstants, simplify, fuse, simplify];
/** On a GPU TensorFlow has no product with a sparse matrix that is the same in every run. */
const onCpu: readonly Rewrite[] = [...everywhere, multiplySegmentSums];

/** The program that computes the same with fewer and faster operations. */
export function optimize(program: Program, usesGpu = false): Program {
  const rewrites = usesGpu ? everywhere : onCpu;
  const rewritten = rewrites.reduce(rewriteProgram, removeDeadCode(program));
  return removeDeadCode(mergeCommonValues(rewritten));
}
