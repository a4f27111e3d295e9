import type { Exam, Problem } from '../contract.ts';

/** What may be asked of a new exam; the rest is as in the exam that is no more. */
interface NewExam {
  readonly id: string;
  readonly title?: string;
  readonly minutes?: number;
  readonly attempts?: number;
  readonly counts?: 'best' | 'last';
  readonly passMark?: number;
  readonly results?: 'at-once' | 'at-end';
  readonly seed?: number;
  readonly profile?: 'strict' | 'exam';
  readonly supervisedBy?: string;
}

/** An exam over these problems, whose weights rise in their order and add up to 100. */
export function newExam(problems: readonly Problem[], asked: NewExam): Exam {
  const weights = risingWeights(problems.length);
  return {
    ...{ format: 'grader-exam', version: 1, id: asked.id, title: asked.title ?? asked.id },
    problems: problems.map(({ definition }, at) => ({
      id: definition.id,
      weight: weights[at] ?? 0,
    })),
    ...{ passMark: asked.passMark ?? 90, minutes: asked.minutes ?? 300 },
    attempts: { allowed: asked.attempts ?? null, counts: asked.counts ?? 'best' },
    ...{ results: asked.results ?? 'at-once', seed: asked.seed ?? null },
    profile: asked.profile ?? 'strict',
    ...(asked.supervisedBy === undefined ? {} : { supervisedBy: asked.supervisedBy }),
  };
}

/** 10, 15, 20, 25, 30 of five: the last weighs three times the first; what rounding leaves goes to the last. */
function risingWeights(count: number): readonly number[] {
  const raw = Array.from({ length: count }, (_, at) => 1 + (2 * at) / Math.max(1, count - 1));
  const sum = raw.reduce((total, each) => total + each, 0);
  const weights = raw.map((each) => Math.floor((100 * each) / sum + 1e-9));
  const rest = 100 - weights.reduce((total, each) => total + each, 0);
  return weights.map((each, at) => (at === count - 1 ? each + rest : each));
}
