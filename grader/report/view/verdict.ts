import type { GradeReport, Verdict } from '../../contract.ts';
import type { Words } from '../../words/en.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'neutral';

interface VerdictWords {
  readonly title: string;
  readonly tone: Tone;
  /** Whose fault it is, where something failed. */
  readonly blame: string;
}

/** What a verdict is called, and what it means for the candidate. */
export function verdictWords({ verdict, failure }: GradeReport, words: Words): VerdictWords {
  const { titles, cutShort, blames } = words.verdict;
  const isCutShort = verdict === 'interrupted' && !failure;
  return {
    title: isCutShort ? cutShort : titles[verdict],
    tone: tones[verdict],
    blame: failure ? blames[failure.fault] : '',
  };
}

const tones: Record<Verdict, Tone> = {
  passed: 'good',
  'below-pass-mark': 'warn',
  'invalid-submission': 'bad',
  'limit-exceeded': 'bad',
  crashed: 'bad',
  'package-fault': 'neutral',
  'machine-fault': 'neutral',
  'grader-fault': 'neutral',
  'wrong-usage': 'neutral',
  interrupted: 'neutral',
};
