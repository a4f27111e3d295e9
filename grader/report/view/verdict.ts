import type { Fault, GradeReport, Verdict } from '../../contract.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

interface VerdictWords {
  readonly title: string;
  readonly tone: Tone;
  /** Whose fault it is, where something failed. */
  readonly blame: string;
}

/** What a verdict is called, and what it means for the candidate. */
export function verdictWords(report: GradeReport): VerdictWords {
  const { verdict, failure } = report;
  const words = verdict === 'interrupted' && !failure ? cutShort : titles[verdict];
  return { ...words, blame: failure ? blames[failure.fault] : '' };
}

const titles: Record<Verdict, Omit<VerdictWords, 'blame'>> = {
  passed: { title: 'Passed', tone: 'good' },
  'below-pass-mark': { title: 'Below the pass mark', tone: 'warn' },
  'invalid-submission': { title: 'Invalid submission', tone: 'bad' },
  'limit-exceeded': { title: 'Limit exceeded', tone: 'bad' },
  crashed: { title: 'The submission crashes', tone: 'bad' },
  'package-fault': { title: 'Not graded: problem package at fault', tone: 'neutral' },
  'machine-fault': { title: 'Not graded: machine at fault', tone: 'neutral' },
  'grader-fault': { title: 'Not graded: grader at fault', tone: 'neutral' },
  'wrong-usage': { title: 'Not graded: wrong usage', tone: 'neutral' },
  interrupted: { title: 'Not graded: interrupted', tone: 'neutral' },
};

/** It was stopped, and what there was by then was scored for whoever wants to know. */
const cutShort = { title: 'Interrupted: the score does not count', tone: 'neutral' } as const;

const blames: Record<Fault, string> = {
  usage: 'The command is at fault. The submission is not judged.',
  candidate: 'The submission is at fault.',
  limit: 'The submission asks for more than the limits allow.',
  package: 'The problem package is at fault. The submission is not judged.',
  machine: 'This machine is at fault. The submission is not judged.',
  grader: 'The grader is at fault. The submission is not judged.',
  interrupted: 'Nobody is at fault: the run was stopped. The submission is not judged.',
};
