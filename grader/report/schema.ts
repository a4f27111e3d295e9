import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { labelTitles, valueTitles } from '../metrics/figures.ts';
import { metricIds } from '../metrics/metric.ts';
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

interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

interface SchemaFile {
  readonly $defs: { readonly classification: ObjectSchema; readonly regression: ObjectSchema };
}

/** The JSON schema of reports: grade-report.schema.json with what the table of metrics knows. */
export function reportSchema(): object {
  const path = join(packageRoot, 'grader', 'report', 'grade-report.schema.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as SchemaFile;
  const { classification, regression } = file.$defs;
  const share = { type: 'number', minimum: 0, maximum: 1 };
  const labelRules = labelTitles.map(([key]) => [key, share] as const);
  const valueRules = valueTitles.map(([key]) => [key, { type: 'number' }] as const);
  return {
    ...file,
    $defs: {
      ...file.$defs,
      metricId: { enum: metricIds },
      classification: withProperties(classification, labelRules),
      regression: withProperties(regression, valueRules),
    },
  };
}

/** The same object with more that it must have; the file's own rules hold. */
function withProperties(
  schema: ObjectSchema,
  rules: readonly (readonly [string, object])[],
): ObjectSchema {
  return {
    ...schema,
    required: [...new Set([...schema.required, ...rules.map(([key]) => key)])],
    properties: { ...Object.fromEntries(rules), ...schema.properties },
  };
}

let validate: ValidateFunction<GradeReport> | undefined;

function compile(): ValidateFunction<GradeReport> {
  return new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile<GradeReport>(
    reportSchema(),
  );
}
