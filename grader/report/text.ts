import type { Finding, GradeReport, ScoreResult } from '../contract.ts';
import { metricFormat } from '../text/numbers.ts';
import { paragraph, paragraphs, shortened } from '../text/printable.ts';
import { inLanguage } from './in-language.ts';
import { closingTheGap } from './closing-the-gap.ts';
import { findingWords } from './view/finding-words.ts';
import { evaluationSummary } from './view/evaluation.ts';
import { lastAttemptLines } from './view/last-attempt.ts';
import { scoredBeforeLine } from './view/scored-before.ts';
import { seedsLine } from './view/seeds.ts';
import { sweepLine } from './view/sweep-line.ts';
import { trainingSummary } from './view/training-summary.ts';
import { closeCall, nextStep, relation } from './view/thresholds.ts';
import { verdictWords } from './view/verdict.ts';
import type { Tone } from './view/verdict.ts';
import type { Words } from '../words/en.ts';

type Colour = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** What `renderText` needs of a screen. */
interface TextStyle {
  style(style: Colour, text: string): string;
}

/** A report as a few lines for a terminal; colours come from the given style alone. */
export function renderText(written: GradeReport, screen: TextStyle, words: Words): string[] {
  const report = inLanguage(written, words);
  const { failure, score } = report;
  const verdict = verdictWords(report, words);
  const lines: string[] = [];
  if (report.data?.sample) {
    lines.push(screen.style('yellow', words.terminal.sample));
  }
  if (score) lines.push(...scoreLines({ ...report, score }, screen, words));
  const [since, ...changes] = lastAttemptLines(report, words);
  if (since !== undefined) lines.push(`${words.since.label} ${since}`, ...changes.map(indented));
  const again = scoredBeforeLine(report, words);
  if (again !== '') lines.push(`${words.scoredBefore.label} ${again}`);
  lines.push(
    screen.style(colours[verdict.tone], verdict.title) + (failure ? `. ${verdict.blame}` : ''),
  );
  if (failure) {
    lines.push(...paragraphs(failure.message).join('\n\n').split('\n'));
    if (failure.help) lines.push(...paragraph(failure.help).split('\n').map(indented));
  }
  if (!score && report.sweep) lines.push(`${words.sweep.label} ${sweepLine(report, words)}`);
  lines.push(...report.findings.map((finding) => findingLine(finding, screen, words)));
  for (const note of report.notes) {
    lines.push(screen.style('dim', words.terminal.note(shortened(note, 400))));
  }
  return lines;
}

/** A finding as one line; its rule is named for whoever looks it up. */
export function findingLine(finding: Finding, screen: TextStyle, words: Words): string {
  const { message, advice } = findingWords(finding, words);
  const text = shortened(`${message} ${advice}`, 900);
  return screen.style('yellow', words.terminal.hint(text, finding.id));
}

const colours: Record<Tone, Colour> = {
  good: 'green',
  warn: 'yellow',
  bad: 'red',
  neutral: 'cyan',
};

function scoreLines(
  report: GradeReport & { readonly score: ScoreResult },
  screen: TextStyle,
  words: Words,
): string[] {
  const { score, problem, profile, training, evaluation } = report;
  const format = metricFormat(profile, score.value);
  const name = words.metricName(shortened(problem.metric.name, 40));
  const { lines, score: points, wouldBe, profile: ofProfile } = words.terminal;
  const bars = score.bars
    .map((bar) => {
      const text = `${bar.points}: ${relation(report)} ${format(bar.value)}`;
      return screen.style(bar.reached ? 'green' : 'dim', `${text} ${bar.reached ? '✓' : '✗'}`);
    })
    .join('   ');
  const next = nextStep(report, words);
  const gap = closingTheGap(report, words);
  const close = closeCall(report, words);
  return [
    `${screen.style('bold', (report.points === null ? wouldBe : points)(score.points))}  ${name} ${format(score.value)} ± ${format(score.standardError)} ${ofProfile(profile.id, problem.passMark)}`,
    `${lines.bars} ${bars}`,
    ...(training
      ? [`${lines.training} ${trainingSummary({ training, fate: 'graded' }, words.training)}`]
      : []),
    ...(report.sweep ? [`${words.sweep.label} ${sweepLine(report, words)}`] : []),
    ...(report.seeds ? [`${words.seeds.label} ${seedsLine(report, words)}`] : []),
    ...(evaluation ? [`${lines.model} ${evaluationSummary(evaluation, words)}`] : []),
    ...(next === '' ? [] : [`${lines.next} ${next}`]),
    ...(gap === '' ? [] : [`${lines.more} ${gap}`]),
    ...(close === '' ? [] : [`${lines.sure} ${close}`]),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}
