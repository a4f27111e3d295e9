import type { Explanation, GradeReport } from '../contract.ts';
import { translate, type Texts } from '../text/translate.ts';
import type { Words } from '../words/en.ts';

/**
 * A report whose texts of the problem package, and notes, are in a language as far as the package or the
 * catalogue has them; names of classes, layers and files stay.
 */
export function inLanguage(report: GradeReport, words: Words): GradeReport {
  const texts: Texts = { ...words.notes, ...report.problem.texts?.[words.tag] };
  const say = (text: string) => translate(text, texts);
  const named = <Item extends { readonly name: string }>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, name: say(item.name) }));
  const { problem, profile, environment, examples, explanation } = report;
  return {
    ...report,
    problem: {
      ...problem,
      title: say(problem.title),
      metric: { ...problem.metric, unit: say(problem.metric.unit) },
    },
    profile: { ...profile, source: say(profile.source) },
    notes: report.notes.map(say),
    environment: { ...environment, isolationReason: say(environment.isolationReason) },
    ...(examples ? { examples: { ...examples, features: named(examples.features) } } : {}),
    ...(explanation
      ? { explanation: { ...explanation, of: explained(explanation.of, named) } }
      : {}),
  };
}

type Named = <Item extends { readonly name: string }>(items: readonly Item[]) => readonly Item[];

function explained(of: Explanation['of'], named: Named): Explanation['of'] {
  return of.kind === 'permuted-features' ? { ...of, features: named(of.features) } : of;
}
