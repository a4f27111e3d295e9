import type { ExportFormat } from './export-format.ts';
import { gradescope } from './gradescope.ts';
import { junit } from './junit.ts';

/** By the options of `grader grade` and `grader check` that ask for them. */
export const exportFormats = { junit, gradescope } as const satisfies Readonly<
  Record<string, ExportFormat>
>;
