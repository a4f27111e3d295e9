import { Ajv, type ValidateFunction } from 'ajv';
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
  const broken = (validate.errors ?? [])
    // It says only that the next one holds.
    .filter(({ keyword }) => keyword !== 'if')
    .map(
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

let validate: ValidateFunction<GradeReport> | undefined;

/** The file is made of the types in `grader/contract` by `npm run schema`. */
function compile(): ValidateFunction<GradeReport> {
  const path = join(packageRoot, 'grader', 'report', 'grade-report.schema.json');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as object;
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile<GradeReport>(schema);
}
