import type { Outcomes } from '../../grader/report/export-format.ts';
import type { Hint } from '../../grader/report/class-hints.ts';
import { candidate, gradedAs, handedIn, hostile, outcomesWith } from './outcomes.ts';

/** A class with something of everything, and hints that name all of it. */
export function classOfMany(): { readonly outcomes: Outcomes; readonly hints: readonly Hint[] } {
  const sunspots = gradedAs('sunspots');
  const regression = gradedAs('regression');
  const names = ['김안나', '이준호', 'Anna Kim', 'Ben Lee', ...hostile, '박서연'];
  const graded = names.flatMap((name, at) => {
    const handIn = { ...handedIn(candidate(name)), isLate: at % 4 === 1 };
    const points = ([5, 3, 4, 0, 2, 1] as const)[at % 6] ?? 0;
    const own = { ...sunspots, report: { ...sunspots.report, points }, handIn, name: `${at}/a` };
    return at % 2 === 0 ? [own, { ...regression, handIn, name: `${at}/b` }] : [own];
  });
  const invalid = { ...gradedAs('invalid'), handIn: handedIn(candidate('이준호')) };
  const all = [...graded, invalid, gradedAs('interrupted'), gradedAs('model-file')];
  const left = { problem: null, handIn: null, name: 'x.zip', code: 'archive' } as const;
  const problems = [sunspots.report.problem, regression.report.problem];
  const outcomes = outcomesWith({
    ...{ graded: all, problems, absent: [candidate('정하나')] },
    ungraded: hostile.map((message) => ({ ...left, outcome: 'failure' as const, message })),
  });
  const some = { problem: 'sunspots', submissions: graded.slice(0, 3) };
  const hints: Hint[] = [
    { ...some, kind: 'same-file', like: null },
    { ...some, kind: 'same-predictions', like: null },
    { ...some, kind: 'near-recipe', like: null },
    { ...some, kind: 'same-file', like: 'starter' },
    { ...some, kind: 'same-recipe', like: 'solution' },
  ];
  return { outcomes, hints };
}
