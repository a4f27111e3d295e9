import { canvas } from './canvas.ts';
import { classroom50 } from './classroom50.ts';
import { csv } from './class-csv.ts';
import type { ExportFormat } from './export-format.ts';
import { zip } from './feedback-zip.ts';
import { gradescope } from './gradescope.ts';
import { junit } from './junit.ts';
import { moodle } from './moodle.ts';

/** By the options of `grader grade` and `grader check` that ask for them. */
export const exportFormats = {
  ...{ csv, canvas, moodle, zip, junit, gradescope, classroom50 },
} as const satisfies Readonly<Record<string, ExportFormat>>;
