/** Every type that crosses a module: plain data, nothing that runs. */
export type * from './contract/arrays.ts';
export type * from './contract/numbers.ts';
export type * from './contract/task.ts';
export type * from './contract/problem.ts';
export type * from './contract/examples.ts';
export type * from './contract/explanation.ts';
export type * from './contract/recipe.ts';
export type * from './contract/model-file.ts';
export type * from './contract/submission.ts';
export type * from './contract/training.ts';
export type * from './contract/scoring.ts';
export type * from './contract/comparison.ts';
export type * from './contract/verdicts.ts';
export type * from './contract/faults.ts';
export type * from './contract/findings.ts';
export type * from './contract/report.ts';
export type * from './contract/attempt.ts';
