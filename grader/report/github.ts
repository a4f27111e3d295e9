import type { GradeReport } from '../contract.ts';
import { metricFormat } from '../text/numbers.ts';
import { printable, shortened } from '../text/printable.ts';
import { clean } from '../text/show.ts';
import type { Words } from '../words/en.ts';
import { isBorderline } from './borderline.ts';
import { outcomeOf, type Outcome, type Outcomes } from './export-format.ts';
import { verdictWords } from './view/verdict.ts';

/** GitHub shows ten errors and ten warnings of a step and drops the others without a word. */
const mostShown = 9;

/** What stands out of an outcome, as workflow commands: at most nine, and one that says how many more. */
export function githubAnnotations(outcomes: Outcomes, words: Words): readonly string[] {
  const rows = rowsOf(outcomes, words).filter(({ outcome }) => outcome !== 'passed');
  const order: readonly Outcome[] = ['error', 'failure', 'skipped'];
  const sorted = order.flatMap((each) => rows.filter(({ outcome }) => outcome === each));
  const shown = sorted.slice(0, mostShown).map(({ outcome, name, points, text }) => {
    const title = `${shortened(name)}: ${points}`;
    return command(outcome === 'skipped' ? 'warning' : 'error', title, text);
  });
  const more = sorted.length - shown.length;
  return more === 0 ? shown : [...shown, command('error', 'grader', words.github.more(more))];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands: what is escaped how. */
function command(level: 'error' | 'warning', title: string, text: string): string {
  const data = (value: string) =>
    value.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const property = data(title).replace(/:/g, '%3A').replace(/,/g, '%2C');
  return `::${level} title=${property}::${data(text)}`;
}

/**
 * A table in GitHub's Markdown of at most `bytes`: what does not fit is counted, since a summary that is
 * too large is dropped whole.
 */
export function githubSummary(outcomes: Outcomes, words: Words, bytes: number): string {
  const rows = rowsOf(outcomes, words);
  const { title, columns, cut } = words.github;
  const reached = rows.filter(({ outcome }) => outcome === 'passed').length;
  const head = [
    `### ${title(reached, rows.length, outcomes.minPoints)}`,
    '',
    `| | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => '---').join(' | ')} |`,
  ];
  const lines = rows.map(({ outcome, problem, name, points, text }) => {
    const cells = [name, problem, points, text].map((cell) => inert(cell));
    return `| ${marks[outcome]} | ${cells.join(' | ')} |`;
  });
  const end = (count: number) => `\n${cut(count)}\n`;
  let room = bytes - Buffer.byteLength(`${head.join('\n')}\n${end(lines.length)}`);
  const fitting = lines.findIndex((line) => (room -= Buffer.byteLength(line) + 1) < 0);
  if (fitting < 0) return `${[...head, ...lines].join('\n')}\n`;
  return `${[...head, ...lines.slice(0, fitting)].join('\n')}\n${end(lines.length - fitting)}`;
}

const marks: Record<Outcome, string> = { passed: '✅', failure: '❌', error: '⚠️', skipped: '⏭️' };

/**
 * Text that no Markdown, HTML, link or mention can come of: every sign is a character reference, which
 * is never part of a structure, and GitHub looks for no mentions in code.
 */
function inert(text: string): string {
  if (text === '') return '';
  const signs = (sign: string) => `&#${sign.codePointAt(0) ?? 0};`;
  return `<code>${printable(text).replace(/[^\p{L}\p{M}\p{N} ]/gu, signs)}</code>`;
}

interface Row {
  readonly name: string;
  readonly problem: string;
  readonly outcome: Outcome;
  readonly points: string;
  /** One line: the metric, or why there is none. */
  readonly text: string;
}

function rowsOf({ graded, ungraded, minPoints }: Outcomes, words: Words): readonly Row[] {
  return [
    ...graded.map(({ report }) => ({
      ...{ name: shortened(report.submission.file), problem: report.problem.id },
      ...{ outcome: outcomeOf(report, minPoints), points: `${report.points ?? '–'}/5` },
      text: textOf(report, minPoints, words),
    })),
    ...ungraded.map(({ name, problem, outcome, message }) => ({
      ...{ name: shortened(name), problem: problem ?? '', outcome, points: '–/5' },
      text: prose(message),
    })),
  ];
}

function textOf(report: GradeReport, minPoints: number, words: Words): string {
  const { score, failure, problem, profile } = report;
  const { title } = verdictWords(report, words);
  if (failure) return `${title}: ${prose(failure.message)}`;
  if (!score) return title;
  const format = metricFormat(profile, score.value);
  const name = words.metricName(shortened(problem.metric.name, 40));
  const measured = `${name} ${format(score.value)} ± ${format(score.standardError)}`;
  return isBorderline(report, minPoints) ? `${measured}, ${words.github.borderline}` : measured;
}

/** Without the lines of the file that a message shows, and their carets. */
function prose(message: string): string {
  return clean(message.replace(/^ *\d* \| .*$/gm, ''));
}
