import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt, GradeReport } from '../contract.ts';
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

const attemptParts = [
  ...(['startedAt', 'problem', 'profile', 'submission', 'verdict', 'points'] as const),
  ...(['countsAsAttempt', 'data', 'recipe', 'training', 'evaluation', 'score'] as const),
  'environment',
] as const satisfies readonly (keyof Attempt)[];
const optionalParts = ['scoredBefore'] as const satisfies readonly (keyof Attempt)[];

/** Whether a value has these parts of a report; the others may be an older or a newer grader's. */
export function isAttempt(value: unknown): value is Attempt {
  validateAttempt ??= new Ajv({ allowUnionTypes: true }).compile<Attempt>(attemptSchema());
  return validateAttempt(value);
}

let validateAttempt: ValidateFunction<Attempt> | undefined;

function attemptSchema(): object {
  const { definitions, properties } = readSchema();
  const parts = [...attemptParts, ...optionalParts].map((part) => [part, properties[part]]);
  return {
    ...{ type: 'object', properties: Object.fromEntries(parts) as object },
    ...{ required: attemptParts, definitions },
  };
}

/** The file is made of the types in `grader/contract` by `npm run schema`. */
function readSchema(): ReportSchema {
  const path = join(packageRoot, 'grader', 'report', 'grade-report.schema.json');
  return JSON.parse(readFileSync(path, 'utf8')) as ReportSchema;
}

interface ReportSchema {
  readonly properties: Readonly<Record<string, object>>;
  readonly definitions: object;
}

function compile(): ValidateFunction<GradeReport> {
  return new Ajv({ allErrors: true, allowUnionTypes: true }).compile<GradeReport>(readSchema());
}
