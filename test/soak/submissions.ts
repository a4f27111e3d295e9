import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hostileRecipes } from '../../grader/attacks/recipes/index.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { Verdict } from '../../grader/contract/verdicts.ts';
import { recipeText } from '../support/simple-recipe.ts';

/** A submission and the verdicts that are right for it. */
export interface MixedSubmission {
  readonly problem: string;
  readonly name: string;
  readonly verdicts: readonly Verdict[];
  write(path: string): void;
}

const graded = ['passed', 'below-pass-mark'] as const;

const models = [
  ['regression', 'regression.h5'],
  ['regression', 'regression-scaled-targets.keras'],
  ['sunspots', 'sunspots.keras'],
  ['sarcasm', 'sarcasm.h5'],
  ['fashion-mnist', 'fashion-mnist.keras'],
  ['image-augmentation', 'image-augmentation.h5'],
] as const;

const good: readonly MixedSubmission[] = [
  ...models.map(([problem, file]) => ({
    problem,
    name: file,
    verdicts: graded,
    write: (path: string) => copyFileSync(fixture(file), path),
  })),
  recipe('quick', graded, recipeText({ fit: 'epochs: 2' })),
  recipe('line', graded, readFileSync(join(packageRoot, 'test/recipes/linear.ts'), 'utf8')),
  // Is stopped by the time limit, and its best epoch so far is graded.
  recipe('endless', graded, readFileSync(join(packageRoot, 'test/recipes/endless.ts'), 'utf8')),
];

const broken: readonly MixedSubmission[] = [
  recipe('typo', ['invalid-submission'], recipeText({ fit: 'epoch: 1' })),
  recipe('page', ['invalid-submission'], '<!doctype html><html><body>Sign in</body></html>'),
  recipe('other-shape', ['invalid-submission'], recipeText({ layers: 'layers.flatten()' })),
  bytes('pickle.h5', Buffer.from([0x80, 4, 0x95, ...Array<number>(60).fill(1)])),
  bytes('nothing.keras', Buffer.alloc(4000)),
  bytes('half.h5', cutFile('regression.h5', 0.5)),
  bytes('half.keras', cutFile('regression-scaled-targets.keras', 0.7)),
  bytes('model.json', Buffer.from('{"modelTopology": {"class_name": 7}}')),
];

const limitCodes = [
  ...['recipe-time', 'recipe-memory', 'recipe-printed', 'recipe-too-large', 'source-too-large'],
];

/** Those of the corpus that can be told by a verdict; the others describe a model of some kind. */
const hostile: readonly MixedSubmission[] = hostileRecipes.flatMap(({ name, text, expects }) => {
  if (expects.some((code) => code === 'read' || code === 'invalid-recipe')) return [];
  const isLimit = (code: string) => limitCodes.includes(code);
  const verdicts: readonly Verdict[] = [
    ...(expects.some(isLimit) ? (['limit-exceeded'] as const) : []),
    ...(expects.every(isLimit) ? [] : (['invalid-submission'] as const)),
  ];
  return [recipe(name, verdicts, text)];
});

/** So many in turns: two that are sound, one that is broken, one that is hostile. */
export function mixedSubmissions(count: number): readonly MixedSubmission[] {
  const kinds = [good, broken, good, hostile];
  const used = new Map<readonly MixedSubmission[], number>();
  return Array.from({ length: count }, (_, index) => {
    const kind = kinds[index % kinds.length] ?? good;
    const turn = used.get(kind) ?? 0;
    used.set(kind, turn + 1);
    // Hostile ones in steps, so that a short run meets more than the first kind of bomb.
    const step = kind === hostile ? 7 : 1;
    const found = kind[(turn * step) % kind.length];
    if (!found) throw new Error('there is nothing of this kind');
    return found;
  });
}

/** Writes them as `check` finds them; answers what is right for each path below the folder. */
export function writeSubmissions(
  folder: string,
  submissions: readonly MixedSubmission[],
): ReadonlyMap<string, MixedSubmission> {
  return new Map(
    submissions.map((submission, index) => {
      const { problem, name } = submission;
      // A `model.json` takes what lies beside it for its own.
      const path = join(folder, problem, `${String(index).padStart(3, '0')}-${name}`);
      mkdirSync(dirname(path), { recursive: true });
      submission.write(path);
      return [path, submission];
    }),
  );
}

function recipe(
  name: string,
  verdicts: readonly Verdict[],
  text: string | Uint8Array,
): MixedSubmission {
  const write = (path: string) => writeFileSync(path, text);
  return { problem: 'regression', name: `${name}.ts`, verdicts, write };
}

function bytes(name: string, content: Uint8Array): MixedSubmission {
  const write = (path: string) => writeFileSync(path, content);
  return { problem: 'regression', name, verdicts: ['invalid-submission'], write };
}

function cutFile(name: string, share: number): Uint8Array {
  const whole = readFileSync(fixture(name));
  return whole.subarray(0, Math.floor(whole.length * share));
}

function fixture(name: string): string {
  return join(packageRoot, 'test/fixtures/keras', name);
}
