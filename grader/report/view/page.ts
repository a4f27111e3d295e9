import type { GradeReport, ScoreResult } from '../../contract.ts';
import { count, metricFormat, utc } from '../../text/numbers.ts';
import { paragraph, shortened } from '../../text/printable.ts';
import { classificationView } from './classification.ts';
import { closingTheGap } from '../closing-the-gap.ts';
import { evaluationView } from './evaluation.ts';
import { findingsView } from './findings.ts';
import { learningView } from './learning.ts';
import { modelView } from './model.ts';
import { recipeView } from './recipe.ts';
import { regressionView } from './regression.ts';
import { runFacts } from './run.ts';
import { thresholdsView } from './thresholds.ts';
import { verdictWords } from './verdict.ts';
import type { Words } from '../../words/en.ts';

/** Everything that the template shows, as text and numbers ready to print. */
export function pageView(report: GradeReport, catalogue: Words): object {
  const { score, failure, training, evaluation } = report;
  const model = training?.model ?? evaluation?.model;
  const words = verdictWords(report);
  const details = score?.details;
  return {
    lang: catalogue.tag,
    words: catalogue.page,
    kicker: catalogue.page.kicker(report.problem.category),
    title: `${shortened(report.problem.title)}: ${words.title}`,
    problem: shortened(report.problem.title),
    file: shortened(report.submission.file),
    format: shortened(report.submission.format ?? ''),
    date: utc(report.startedAt),
    verdict: words.title,
    tone: words.tone,
    points: report.points,
    isGraded: report.points !== null,
    pips: [1, 2, 3, 4, 5].map((pip) => ({
      isEarned: pip <= (report.points ?? 0),
      isPassMark: pip === report.problem.passMark,
    })),
    passMark: report.problem.passMark,
    profile: shortened(report.profile.id),
    profileSource: paragraph(report.profile.source),
    isSample: report.data?.sample ?? false,
    failure: failure && {
      title: failure.fault === 'interrupted' ? 'What happened' : 'What went wrong',
      blame: words.blame,
      code: shortened(failure.code),
      message: paragraph(failure.message),
      help: paragraph(failure.help ?? ''),
    },
    findings: findingsView(report.findings),
    notes: report.notes.map(paragraph),
    metric: score && metricView({ ...report, score }),
    learning: training && learningView(training, score !== null),
    classification:
      details?.kind === 'classification' ? classificationView(details, report.images) : null,
    regression: details?.kind === 'regression' ? regressionView(details, report.problem) : null,
    evaluation: evaluation && evaluationView(evaluation),
    model: model ? modelView(model) : null,
    recipe: report.recipe && recipeView(report.recipe),
    run: runFacts(report),
  };
}

function metricView(report: GradeReport & { readonly score: ScoreResult }) {
  const { score, problem } = report;
  const format = metricFormat(report.profile, score.value);
  return {
    name: shortened(problem.metric.name, 40),
    unit: shortened(problem.metric.unit, 24),
    value: format(score.value),
    error: format(score.standardError),
    interval: `${format(score.certainty.low)} to ${format(score.certainty.high)}`,
    baseline: format(score.constantBaseline),
    rows: count(score.rows),
    reading: shortened(score.outputReading),
    better: problem.metric.better,
    thresholds: thresholdsView(report),
    gap: closingTheGap(report),
  };
}
