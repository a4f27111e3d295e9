import type { Candidate } from '../contract/hand-in.ts';
import type { GradedSubmission, Outcomes, Ungraded } from './export-format.ts';

/** All that a candidate has handed in for a problem. */
export interface ProblemGrade {
  readonly problem: string;
  /** Null where nothing tells whose it is. */
  readonly candidate: Candidate | null;
  /** In the order of the check. */
  readonly attempts: readonly GradedSubmission[];
  /** That with the most points, the first of several; null where none was judged. */
  readonly best: GradedSubmission | null;
}

/** The grades of a class, in the order of the check. What tells no candidate stands for itself. */
export function gradesOf({ graded }: Pick<Outcomes, 'graded'>): ProblemGrade[] {
  const groups = new Map<string, GradedSubmission[]>();
  for (const submission of graded) {
    const { handIn, report, name } = submission;
    const whose = handIn?.candidate ? ['candidate', handIn.candidate.key] : ['file', name];
    const key = JSON.stringify([report.problem.id, ...whose]);
    groups.set(key, [...(groups.get(key) ?? []), submission]);
  }
  return [...groups.values()].map((attempts) => ({
    problem: attempts[0]?.report.problem.id ?? '',
    candidate: attempts[0]?.handIn?.candidate ?? null,
    attempts,
    best: bestOf(attempts),
  }));
}

function bestOf(attempts: readonly GradedSubmission[]): GradedSubmission | null {
  const pointsOf = ({ report }: GradedSubmission) => report.points ?? -1;
  const judged = attempts.filter(({ report }) => report.points !== null);
  return judged.reduce<GradedSubmission | null>(
    (best, each) => (best && pointsOf(best) >= pointsOf(each) ? best : each),
    null,
  );
}

/** What a candidate has of a class. */
export interface Standing {
  /** By problem; without what was handed in for none of them. */
  readonly grades: ReadonlyMap<string, ProblemGrade>;
  /** What may be a submission of the candidate and has no points, so that a sum would be too low. */
  readonly unjudged: readonly (GradedSubmission | Ungraded)[];
}

/** By the key of the candidate. */
export function standingsOf(outcomes: Outcomes): ReadonlyMap<string, Standing> {
  const grades = gradesOf(outcomes);
  const keyOf = ({ handIn }: Ungraded) => handIn?.candidate?.key;
  const open = outcomes.ungraded.filter(isOpen);
  const keys = [...grades.map(({ candidate }) => candidate?.key), ...open.map(keyOf)];
  return new Map(
    [...new Set(keys)].flatMap((key): [string, Standing][] => {
      if (key === undefined) return [];
      const own = grades.filter(({ candidate }) => candidate?.key === key);
      const unjudged = own.filter(({ best }) => best === null).flatMap(({ attempts }) => attempts);
      const left = open.filter((each) => keyOf(each) === key);
      const byProblem = new Map(own.map((grade) => [grade.problem, grade]));
      return [[key, { grades: byProblem, unjudged: [...unjudged, ...left] }]];
    }),
  );
}

/** Whether it may be a submission, and no README or the like. */
export function isOpen(item: Ungraded): boolean {
  return item.outcome !== 'skipped' || isUnbegun(item);
}

/** Whether an interrupt or the end of the time came before it. */
export function isUnbegun({ code }: Ungraded): boolean {
  return ['interrupted', 'time-budget'].includes(code);
}

/** How many submissions another run would grade: until then all over the class is partial. */
export function unfinishedOf({ graded, ungraded }: Pick<Outcomes, 'graded' | 'ungraded'>): number {
  const stopped = graded.filter(({ report }) => report.verdict === 'interrupted');
  return stopped.length + ungraded.filter(isUnbegun).length;
}
