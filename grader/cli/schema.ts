import { publishedSchema } from '../report/published-schema.ts';
import type { CliContext } from './context.ts';

export type SchemaName = 'report' | 'check' | 'progress';

export function printSchema(name: SchemaName, { screen }: CliContext): void {
  screen.print(JSON.stringify(publishedSchema(files[name]), null, 2));
}

const files = {
  report: 'grade-report',
  check: 'check-result',
  progress: 'progress-event',
} as const satisfies Record<SchemaName, string>;
