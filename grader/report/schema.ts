import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/**
 * A value, such as a report.json that was read back, as a report. Throws fault `machine` with every path
 * and rule that it breaks.
 */
export function checkReport(value: unknown): GradeReport {
  validate ??= compile();
  if (validate(value)) return value;
  const broken = (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || '/'} ${message ?? ''}${'additionalProperty' in params ? `: ${String(params['additionalProperty'])}` : ''}`,
  );
  throw new GraderError({
    fault: 'machine',
    code: 'report-schema',
    message: `The report does not follow grade-report.schema.json: ${broken.join('; ')}.`,
    help: 'It was written by another version of the grader, or edited: grade again.',
  });
}

/** The published JSON schema of reports. */
export const reportSchemaPath = join(packageRoot, 'grader', 'report', 'grade-report.schema.json');

let validate: ValidateFunction<GradeReport> | undefined;

function compile(): ValidateFunction<GradeReport> {
  const schema = JSON.parse(readFileSync(reportSchemaPath, 'utf8')) as object;
  return new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<GradeReport>(schema);
}
