import type { ExportFormat } from './export-format.ts';
import { junit } from './junit.ts';

/** By the options of `grader grade` and `grader check` that ask for them. */
export const exportFormats = { junit } as const satisfies Readonly<Record<string, ExportFormat>>;
