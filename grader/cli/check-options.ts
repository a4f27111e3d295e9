import type { GradeOptions } from './grade.ts';

export interface CheckOptions extends GradeOptions {
  readonly minPoints: number;
  readonly jobs: number;
  readonly problem?: string;
  readonly roster?: string;
  readonly deadline?: string;
  readonly timeBudget?: string;
  readonly resume?: boolean;
  readonly anonymous?: boolean;
}
