import type { GradedSubmission, Outcomes } from '../../grader/report/export-format.ts';
import { golden } from './golden.ts';

/** A class of nobody, but for what is told. */
export function outcomesWith(known: Partial<Outcomes>): Outcomes {
  const nothing = { graded: [], ungraded: [], absent: [], roster: null, problems: [] };
  return { ...nothing, minPoints: 5, results: 'results', ...known };
}

/** A stored report as a class has it. */
export function gradedAs(name: Parameters<typeof golden>[0]): GradedSubmission {
  const report = golden(name);
  const { file } = report.submission;
  return { report, name: file, handIn: null, reportFile: `${name}/report.html` };
}
