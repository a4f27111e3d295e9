import type { Candidate } from '../../contract/hand-in.ts';
import { count, utc } from '../../text/numbers.ts';
import { paragraph, shortened } from '../../text/printable.ts';
import { translate } from '../../text/translate.ts';
import type { Words } from '../../words/en.ts';
import { pointsBars } from '../charts/points-bars.ts';
import { gradesOf, isOpen, unfinishedOf, type ProblemGrade } from '../class-grades.ts';
import type { Hint } from '../class-hints.ts';
import type { GradedSubmission, Outcomes } from '../export-format.ts';
import type { Figure } from './figure.ts';
import { findingWords } from './finding-words.ts';

/** A class as text and numbers ready to print. */
export function classPageView(outcomes: Outcomes, hints: readonly Hint[], words: Words): object {
  const { graded, ungraded, absent, problems } = outcomes;
  const texts = words.classPage;
  const grades = gradesOf(outcomes);
  const open = ungraded.filter(isOpen);
  const all = graded.length + open.length;
  const table = standings(outcomes, grades, words);
  const last = graded
    .map(({ report }) => report.finishedAt)
    .sort()
    .at(-1);
  const facts = [
    [texts.candidates, table.rows.length],
    [texts.submissions, all],
    [texts.unjudged, graded.filter(({ report }) => report.points === null).length + open.length],
    [texts.late, graded.filter(({ handIn }) => handIn?.isLate === true).length],
    [texts.absent, absent.length],
  ] as const;
  const unfinished = unfinishedOf(outcomes);
  return {
    partial: unfinished === 0 ? '' : texts.partial(unfinished, all),
    ...{ lang: words.tag, words, title: texts.title, date: last === undefined ? '' : utc(last) },
    facts: facts.map(([name, value]) => ({ name, value: count(value) })),
    figures: problems.map((problem) => distribution(problem, grades, words)),
    hardest: hardest(problems, grades, words),
    findings: commonFindings(graded, words),
    table,
    open: open.map(({ name, message, handIn }) => ({
      name: shortened(handIn?.candidate?.name ?? '', 60),
      file: shortened(name),
      reason: shortened(message, 300),
    })),
    hints: hints.filter(({ like }) => like === null).map((hint) => hintView(hint, words)),
    own: hints.filter(({ like }) => like !== null).map((hint) => hintView(hint, words)),
  };
}

type Problem = Outcomes['problems'][number];

function titleOf({ title, texts }: Problem, words: Words): string {
  return shortened(translate(title, texts?.[words.tag] ?? {}), 80);
}

function bestPoints(problem: Problem, grades: readonly ProblemGrade[]): number[] {
  return grades.flatMap(({ problem: id, best }) =>
    id === problem.id && best ? [best.report.points ?? 0] : [],
  );
}

function distribution(problem: Problem, grades: readonly ProblemGrade[], words: Words): Figure {
  const points = bestPoints(problem, grades);
  const counts = [0, 1, 2, 3, 4, 5].map((of) => points.filter((each) => each === of).length);
  const mean = meanOf(points)?.toFixed(1) ?? '–';
  const title = titleOf(problem, words);
  return {
    title,
    legend: [{ mark: 'bar', text: words.classPage.byPoints(count(points.length), mean) }],
    label: words.classPage.distributionLabel(title, counts),
    ...{ svg: pointsBars(counts), narrowSvg: '' },
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Empty where there is no other to compare with, or several are the hardest as far as is shown. */
function hardest(
  problems: readonly Problem[],
  grades: readonly ProblemGrade[],
  words: Words,
): string {
  const means = problems.flatMap((problem) => {
    const mean = meanOf(bestPoints(problem, grades));
    return mean === null ? [] : [{ problem, mean: mean.toFixed(1) }];
  });
  const [first, second] = means.sort((a, b) => Number(a.mean) - Number(b.mean));
  if (!first || !second || first.mean === second.mean) return '';
  return words.classPage.hardest(titleOf(first.problem, words), first.mean);
}

/** As many kinds of findings as are told. */
const findingsShown = 8;

function commonFindings(graded: readonly GradedSubmission[], words: Words) {
  const found = new Map<
    string,
    { count: number; readonly message: string; readonly advice: string }
  >();
  for (const { report } of graded) {
    const own = new Map(report.findings.map((finding) => [finding.id, finding]));
    for (const [id, finding] of own) {
      const known = found.get(id) ?? { count: 0, ...findingWords(finding, words) };
      found.set(id, { ...known, count: known.count + 1 });
    }
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, findingsShown)
    .map((each) => ({
      count: words.classPage.ofSubmissions(each.count, graded.length),
      message: paragraph(each.message),
      advice: paragraph(each.advice),
    }));
}

function rowKey({ candidate, attempts }: ProblemGrade): string {
  return candidate ? `candidate ${candidate.key}` : `file ${attempts[0]?.name ?? ''}`;
}

function nameOf(candidate: Candidate | null, file: string): string {
  return shortened(candidate?.name ?? file, 60);
}

/** Who handed in only what is not graded. A folder of nobody known, such as one of notes, is none. */
function onlyUngraded(
  { ungraded, roster }: Outcomes,
  grades: readonly ProblemGrade[],
): readonly Candidate[] {
  const listed = new Set(roster?.rows.map(({ candidate }) => candidate?.key));
  const graded = new Set(grades.map(({ candidate }) => candidate?.key));
  const found = ungraded.flatMap((each): [string, Candidate][] => {
    const candidate = each.handIn?.candidate ?? null;
    if (candidate === null || graded.has(candidate.key)) return [];
    const isKnown = candidate.platformId !== null || listed.has(candidate.key);
    return isKnown || isOpen(each) ? [[candidate.key, candidate]] : [];
  });
  return [...new Map(found).values()];
}

function standings(outcomes: Outcomes, grades: readonly ProblemGrade[], words: Words) {
  const { problems, absent } = outcomes;
  const rows = new Map<string, ProblemGrade[]>();
  for (const grade of grades) rows.set(rowKey(grade), [...(rows.get(rowKey(grade)) ?? []), grade]);
  const graded = [...rows.values()].map((own) => ({
    name: nameOf(own[0]?.candidate ?? null, own[0]?.attempts[0]?.report.submission.file ?? ''),
    note: '',
    cells: problems.map(({ id }) =>
      cellOf(
        own.find(({ problem }) => problem === id),
        words,
      ),
    ),
  }));
  const without = (note: string) => (candidate: Candidate) => ({
    ...{ name: nameOf(candidate, ''), note },
    cells: problems.map(() => ({ links: [] })),
  });
  const others = onlyUngraded(outcomes, grades).map(without(words.classPage.unjudged));
  const missing = absent.map(without(words.classPage.absentMark));
  return {
    columns: problems.map((problem) => titleOf(problem, words)),
    rows: [...graded, ...others, ...missing].sort((a, b) =>
      a.name.localeCompare(b.name, words.tag),
    ),
  };
}

function cellOf(grade: ProblemGrade | undefined, words: Words) {
  if (!grade) return { links: [] };
  const { attempts, best } = grade;
  // The best first; the others in their order.
  const ordered = [...(best ? [best] : []), ...attempts.filter((each) => each !== best)];
  return { links: ordered.map((each) => linkOf(each, words)) };
}

interface Link {
  readonly text: string;
  /** Relative to the page; null where there is no report. */
  readonly href: string | null;
  readonly late: string;
}

function linkOf({ report, reportFile, handIn }: GradedSubmission, words: Words): Link {
  const { points, verdict } = report;
  return {
    text: points === null ? words.verdictInTable(verdict) : `${points}/5`,
    href: reportFile?.split('/').map(encodeURIComponent).join('/') ?? null,
    late: handIn?.isLate === true ? words.classPage.lateMark : '',
  };
}

function hintView({ kind, problem, submissions, like }: Hint, words: Words) {
  return {
    problem: shortened(problem, 60),
    text: like === null ? words.classPage.alike[kind] : words.classPage.own[like](kind),
    submissions: submissions.map((each) => ({
      ...linkOf(each, words),
      text: nameOf(each.handIn?.candidate ?? null, each.report.submission.file),
    })),
  };
}
