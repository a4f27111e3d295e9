import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../grader/contract.ts';
import { measure } from '../../grader/metrics/measure.ts';
import { isMetricFor, metricIds, type MetricId } from '../../grader/metrics/metric.ts';
import { packageRoot } from '../../grader/package-root.ts';

interface Case {
  readonly name: string;
  readonly task: Task;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Probabilities in 1,024ths. */
  readonly parts?: readonly (readonly number[])[];
  readonly expected: Partial<Record<MetricId, { value: number; bootstrap: number }>>;
}

const file = join(packageRoot, 'test', 'fixtures', 'metrics.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

const pairs = cases.flatMap((one) =>
  metricIds
    .filter((id) => isMetricFor(id, one.task))
    .map((id) => ({ ...one, id, expected: one.expected[id] })),
);

test.each(pairs)("$id of $name is scikit-learn's, its error the bootstrap's", (one) => {
  const { id, actual, predicted, parts, expected } = one;
  const probabilities = parts?.map((row) => row.map((part) => part / 1024));
  const found = measure(id, { actual, predicted, ...(probabilities ? { probabilities } : {}) });
  expect(found.value).toBeCloseTo(expected?.value ?? NaN, 6);
  const bootstrap = expected?.bootstrap ?? NaN;
  expect(Math.abs(found.standardError - bootstrap)).toBeLessThanOrEqual(0.05 * bootstrap);
});
