import type { Candidate, HandIn } from '../../grader/contract/hand-in.ts';
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
  return { report, name: file, cameAs: file, handIn: null, reportFile: `${name}/report.html` };
}

/** What names and messages of strangers may be. */
export const hostile = [
  `"quotes" and 'others', <b>marks</b> & ]]> --> <!--`,
  'two\r\nlines\tand\u2028more',
  '\u202eevil\u202c \u0000\u0007\u001b[31m \ufffe\uffff',
  '=HYPERLINK("http://example.com","x")',
  'a lone \ud800 half, another \udc00',
  '한글'.repeat(5000),
];

export function candidate(name: string, known: Partial<Candidate> = {}): Candidate {
  const nothing = { platformId: null, email: null, idNumber: null, login: null };
  return { key: name, name, ...nothing, ...known };
}

export function handedIn(whose: Candidate): HandIn {
  return { candidate: whose, at: null, isLate: null };
}
