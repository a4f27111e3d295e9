import type { GradeReport, ScoreResult } from '../../contract.ts';
import { count, metricFormat, utc } from '../../text/numbers.ts';
import { paragraph, paragraphs, shortened } from '../../text/printable.ts';
import { augmentedView } from './augmented.ts';
import { classificationView } from './classification.ts';
import { inLanguage } from '../in-language.ts';
import { closingTheGap } from '../closing-the-gap.ts';
import { evaluationView } from './evaluation.ts';
import { examplesView } from './examples.ts';
import { explanationView } from './explanation.ts';
import { findingsView } from './findings.ts';
import { lastAttemptView } from './last-attempt.ts';
import { learningView } from './learning.ts';
import { modelView } from './model.ts';
import { probesView } from './probes.ts';
import { probabilitiesView } from './probabilities.ts';
import { recipeView } from './recipe.ts';
import { regressionView } from './regression.ts';
import { runFacts } from './run.ts';
import { scoredBeforeView } from './scored-before.ts';
import { seedsView } from './seeds.ts';
import { sweepView } from './sweep.ts';
import { thresholdsView } from './thresholds.ts';
import { verdictWords } from './verdict.ts';
import type { Words } from '../../words/en.ts';

/** Everything that the template shows, as text and numbers ready to print. */
export function pageView(written: GradeReport, words: Words): object {
  const report = inLanguage(written, words);
  const { score, failure, training, evaluation } = report;
  const model = training?.model ?? evaluation?.model;
  const verdict = verdictWords(report, words);
  const details = score?.details;
  return {
    lang: words.tag,
    words,
    kicker: words.page.kicker(report.problem.category),
    title: `${shortened(report.problem.title)}: ${verdict.title}`,
    problem: shortened(report.problem.title),
    file: shortened(report.submission.file),
    format: shortened(report.submission.format ?? ''),
    date: utc(report.startedAt),
    verdict: verdict.title,
    tone: verdict.tone,
    points: report.points,
    isGraded: report.points !== null,
    pips: [1, 2, 3, 4, 5].map((pip) => ({
      isEarned: pip <= (report.points ?? 0),
      isPassMark: pip === report.problem.passMark,
    })),
    profile: words.verdict.profile(shortened(report.profile.id), report.problem.passMark),
    profileSource: marked(report.profile.source, written.profile.source, words),
    isSample: report.data?.sample ?? false,
    failure: failure && {
      title: words.verdict[failure.fault === 'interrupted' ? 'whatHappened' : 'whatWentWrong'],
      blame: verdict.blame,
      code: shortened(failure.code),
      message: paragraphs(failure.message).map(withCode),
      help: paragraph(failure.help ?? ''),
    },
    findings: findingsView(report.findings, words),
    notes: report.notes.map((note, at) => marked(note, written.notes[at], words)),
    lastAttempt: lastAttemptView(report, words),
    scoredBefore: scoredBeforeView(report, words),
    metric: score && metricView({ ...report, score }, words),
    seeds: seedsView(report, words),
    sweep: sweepView(report, words),
    learning: training && learningView({ training, isGraded: score !== null }, words),
    augmented: augmentedView(report, words),
    classification:
      details?.kind === 'classification'
        ? classificationView({ details, images: report.images, examples: report.examples }, words)
        : null,
    probabilities: details?.kind === 'classification' ? probabilitiesView(details, words) : null,
    regression: details?.kind === 'regression' ? regressionView({ details, report }, words) : null,
    examples:
      score && report.examples ? examplesView(report.examples, { report, score }, words) : null,
    explanation: explanationView(report, words),
    evaluation: evaluation && evaluationView(evaluation, words),
    model: model ? modelView(model, words) : null,
    recipe: report.recipe && recipeView(report.recipe, words),
    probes: probesView(report, words),
    run: runFacts(report, words),
  };
}

/** What no catalogue has stays English, and a screen reader is told so. */
function marked(text: string, english: string | undefined, { tag }: Words) {
  return { text: paragraph(text), lang: text === english ? 'en' : tag };
}

function metricView(report: GradeReport & { readonly score: ScoreResult }, words: Words) {
  const { score, problem } = report;
  const format = metricFormat(report.profile, score.value);
  const [value = '', error = '', baseline = ''] = [
    score.value,
    score.standardError,
    score.constantBaseline,
  ].map(format);
  const [low = '', high = ''] = [score.certainty.low, score.certainty.high].map(format);
  const name = words.metricName(shortened(problem.metric.name, 40));
  const unit = shortened(problem.metric.unit, 24);
  const { better } = problem.metric;
  return {
    lead: words.metric.lead(name, { unit, rows: count(score.rows), low, high }),
    value,
    caption: words.metric.caption(`${name} ${value} ± ${error} ${unit}`.trimEnd(), better),
    scale: words.metric.scale(baseline),
    baseline: words.metric.baseline(baseline),
    reading: words.reading(shortened(score.outputReading)),
    thresholds: thresholdsView(report, words),
    gap: closingTheGap(report, words),
  };
}

/** A block of a message: its sentence, and the lines of the candidate's file, which are indented. */
function withCode(block: string): { readonly text: string; readonly code: string } {
  const lines = block.split('\n');
  const isCode = (line: string) => line.startsWith('  ');
  return {
    text: lines.filter((line) => !isCode(line)).join('\n'),
    code: lines.filter(isCode).join('\n'),
  };
}
