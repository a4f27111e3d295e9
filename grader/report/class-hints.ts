import type { Recipe } from '../contract.ts';
import { hintKinds, type HintKind } from '../contract/hints.ts';
import { digestOf } from '../files/digest.ts';
import type { GradedSubmission } from './export-format.ts';

/** Of a problem package's own files, by the digest of each. */
export type OwnFiles = ReadonlyMap<string, 'starter' | 'solution'>;

export interface Hint {
  readonly kind: HintKind;
  readonly problem: string;
  readonly submissions: readonly GradedSubmission[];
  /** What the package itself gives out; null where it is the candidates' own. */
  readonly like: 'starter' | 'solution' | null;
}

interface Compared {
  readonly graded: readonly GradedSubmission[];
  readonly own: OwnFiles;
  /** Digests of the predictions of model files, by the name of the submission. */
  readonly predictions: ReadonlyMap<string, string>;
}

/**
 * Submissions of one problem that are alike and not of one candidate: hints of where to look, and no more. What
 * is the package's own starter or solution is told as that, also where one alone has handed it in.
 */
export function hintsOf({ graded, own, predictions }: Compared): Hint[] {
  const keyOf: Record<HintKind, (submission: GradedSubmission) => string | null> = {
    'same-file': ({ report }) => report.submission.sha256,
    'same-predictions': ({ name }) => predictions.get(name) ?? null,
    'same-recipe': ({ report }) => report.recipe && recipeKey(report.recipe, []),
    'near-recipe': ({ report }) => report.recipe && recipeKey(report.recipe, ['epochs', 'seed']),
  };
  const found: Hint[] = [];
  for (const kind of hintKinds) {
    for (const submissions of groupsOf(graded, keyOf[kind])) {
      const like = ownOf(submissions, own);
      const isKnown = found.some((hint) =>
        submissions.every((each) => hint.submissions.includes(each)),
      );
      const isSeveral = new Set(submissions.map(whose)).size > 1;
      if (isKnown || !(isSeveral || (like !== null && kind === 'same-file'))) continue;
      found.push({ kind, problem: submissions[0]?.report.problem.id ?? '', submissions, like });
    }
  }
  return found;
}

function groupsOf(
  graded: readonly GradedSubmission[],
  keyOf: (submission: GradedSubmission) => string | null,
): GradedSubmission[][] {
  const groups = new Map<string, GradedSubmission[]>();
  for (const submission of graded) {
    const key = keyOf(submission);
    if (key === null) continue;
    const whole = `${submission.report.problem.id} ${key}`;
    groups.set(whole, [...(groups.get(whole) ?? []), submission]);
  }
  return [...groups.values()];
}

function whose({ handIn, name }: GradedSubmission): string {
  return handIn?.candidate ? `candidate ${handIn.candidate.key}` : `file ${name}`;
}

function ownOf(submissions: readonly GradedSubmission[], own: OwnFiles): Hint['like'] {
  const found = submissions.map(({ report }) => own.get(report.submission.sha256 ?? ''));
  return found.find((each) => each !== undefined) ?? null;
}

/** The same for recipes that differ in the names of layers alone, and in what is left out. */
function recipeKey(recipe: Recipe, leftOut: readonly string[]): string {
  const names = new Map<string, string>();
  const bare = withoutNames(recipe, { names, leftOut, isLink: false });
  return digestOf(JSON.stringify(bare));
}

interface Walk {
  /** Of layers, in the order in which they are met, to numbers. */
  readonly names: Map<string, string>;
  readonly leftOut: readonly string[];
  /** Within what tells how layers are connected. */
  readonly isLink: boolean;
}

const links = ['inbound_nodes', 'input_layers', 'output_layers'];

function withoutNames(value: unknown, walk: Walk): unknown {
  if (typeof value === 'string') return walk.isLink ? numberOf(value, walk.names) : value;
  if (Array.isArray(value)) return value.map((each) => withoutNames(each, walk));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([key, each]) => {
    if (walk.leftOut.includes(key) || (key === 'name' && typeof each === 'string')) return [];
    const isLink = walk.isLink || links.includes(key);
    return [[key, withoutNames(each, { ...walk, isLink })]];
  });
}

function numberOf(name: string, names: Map<string, string>): string {
  const known = names.get(name) ?? `#${names.size}`;
  names.set(name, known);
  return known;
}
