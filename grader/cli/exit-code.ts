import type { GradeReport, Verdict } from '../contract.ts';
import { exitCodes } from '../errors.ts';

const codes: Record<Verdict, number> = {
  passed: 0,
  'below-pass-mark': 1,
  'invalid-submission': exitCodes.candidate,
  'limit-exceeded': exitCodes.limit,
  'package-fault': exitCodes.package,
  'machine-fault': exitCodes.machine,
  interrupted: exitCodes.interrupted,
};

/** The exit code of a grading; a file that was not found is misuse of the command. */
export function exitCodeOf(report: GradeReport): number {
  if (report.failure?.fault === 'usage') return exitCodes.usage;
  return codes[report.verdict];
}
