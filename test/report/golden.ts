import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';

export const goldenNames = [
  'fashion-mnist',
  'image-augmentation',
  'sarcasm',
  'regression',
  'sunspots',
  'invalid',
  'interrupted',
  'model-file',
] as const;

/** A sample report, made by `test/golden/make-golden.js` from real data. */
export function golden(name: (typeof goldenNames)[number]): GradeReport {
  const path = join(packageRoot, 'test', 'golden', `${name}.report.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as GradeReport;
}
