import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** A schema in one piece: what it has of a report's stands in its own definitions. */
export function publishedSchema(name: 'grade-report' | 'check-result' | 'progress-event'): object {
  const text = textOf(name);
  if (!text.includes(reportFile)) return JSON.parse(text) as object;
  const { definitions, ...report } = JSON.parse(textOf('grade-report')) as { definitions: object };
  const whole = text.replaceAll(reportFile, '#/definitions/GradeReport');
  return { ...(JSON.parse(whole) as object), definitions: { ...definitions, GradeReport: report } };
}

const reportFile = 'grade-report.schema.json';

function textOf(name: string): string {
  return readFileSync(join(packageRoot, 'grader', 'report', `${name}.schema.json`), 'utf8');
}
