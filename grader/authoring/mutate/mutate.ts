import { existsSync } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemIn } from '../../../problems/load-problems.ts';
import type { GradeReport, Problem, ProblemDefinition, Recipe } from '../../contract.ts';
import { GraderError, usageError } from '../../errors.ts';
import { temporaryFolder } from '../../files/temporary.ts';
import { runPrepare } from '../../prepare/start.ts';
import { builtProgram } from '../../process/built-program.ts';
import { gradeRecipe, referenceOf, type Measuring } from '../measure/grade-recipe.ts';
import { forgetPrepared, withCopy } from '../package-copy.ts';
import { dataMutants } from './data-mutants.ts';
import { recipeMutants } from './recipe-mutants.ts';

type MutantId = keyof typeof recipeMutants | keyof typeof dataMutants;

/** What became of a mutant. */
interface MutantResult {
  readonly id: MutantId;
  /** Null where it has no score. */
  readonly value: number | null;
  readonly points: number;
  readonly lost: number;
  /** Whether it has fewer points than the reference; of a leak, whether the probe for shared rows found it. */
  readonly isCaught: boolean;
  /** Why it has no score, or what was found. */
  readonly note: string | null;
}

export interface Mutation {
  readonly problem: string;
  readonly metric: string;
  readonly reference: { readonly value: number; readonly points: number };
  readonly mutants: readonly MutantResult[];
  /** Mutants that could not be made of this problem or recipe. */
  readonly leftOut: readonly { readonly id: MutantId; readonly reason: string }[];
  /** The share of the mutants that was caught. */
  readonly power: number;
}

/** What no rubric may let pass. */
export const mustBeCaught: readonly MutantId[] = ['shuffled-labels', 'leak'];

/**
 * Grades the reference once as it is, and once with each mistake in it or in the data. Throws fault `package` where
 * the reference has no score, and `usage` where it is no recipe.
 */
export async function mutate(
  directory: string,
  { reference, ...measuring }: Measuring & { readonly reference?: string | undefined },
): Promise<Mutation> {
  const problem = problemIn(directory);
  const file = referenceOf(directory, reference);
  const { report, recipe } = await gradeReference({ problem, file, seed: 1 }, measuring);
  if (!report.score) throw new Error('internal: neither a score nor a failure');
  const scratch = temporaryFolder('mutants');
  const known = { problem, recipe, best: report.score.points, scratch };
  const made: Made[] = [];
  try {
    for (const id of idsOf(recipeMutants)) made.push(await ofRecipe(id, known, measuring));
    for (const id of idsOf(dataMutants)) made.push(await ofData(id, known, measuring));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const mutants = made.flatMap((each) => ('reason' in each ? [] : [each]));
  return {
    problem: problem.definition.id,
    metric: problem.definition.metric.name,
    reference: { value: report.score.value, points: report.score.points },
    mutants,
    leftOut: made.flatMap((each) => ('reason' in each ? [each] : [])),
    power: mutants.filter(({ isCaught }) => isCaught).length / mutants.length,
  };
}

type Made = MutantResult | { readonly id: MutantId; readonly reason: string };

interface Known {
  readonly problem: Problem;
  readonly recipe: Recipe;
  /** Points of the reference. */
  readonly best: number;
  readonly scratch: string;
}

function idsOf<Id extends string>(table: Readonly<Record<Id, unknown>>): Id[] {
  return Object.keys(table) as Id[];
}

/** The reference's report, and its recipe as it was read. */
async function gradeReference(run: Parameters<typeof gradeRecipe>[0], measuring: Measuring) {
  let recipe: Recipe | null = null as Recipe | null;
  const listener = { ...measuring.listener, onRecipe: (read: Recipe) => void (recipe = read) };
  const report = await gradeRecipe(run, { ...measuring, listener });
  if (report.failure) throw new GraderError({ ...report.failure, fault: 'package' });
  if (recipe === null) {
    throw usageError('no-recipe', 'A model file is not trained: mutants are made of a recipe.');
  }
  tell('reference', report, measuring);
  return { report, recipe };
}

async function ofRecipe(
  id: keyof typeof recipeMutants,
  { problem, recipe, best, scratch }: Known,
  measuring: Measuring,
): Promise<Made> {
  const mutant = recipeMutants[id](recipe, problem.definition.task);
  if (JSON.stringify(mutant) === JSON.stringify(recipe)) {
    return { id, reason: 'the reference has nothing to change so' };
  }
  const file = join(scratch, `${id}.json`);
  await writeFile(file, JSON.stringify(mutant));
  const report = await gradeRecipe({ problem, file, seed: 1 }, measuring);
  if (report.verdict === 'invalid-submission') {
    return { id, reason: report.failure?.message ?? 'it is no valid recipe' };
  }
  tell(id, report, measuring);
  return resultOf(id, report, best);
}

async function ofData(
  id: keyof typeof dataMutants,
  { problem, recipe, best, scratch }: Known,
  measuring: Measuring,
): Promise<Made> {
  if (id === 'unscaled-inputs' && problem.definition.input.dtype === 'int32') {
    return { id, reason: 'the inputs are words' };
  }
  const file = join(scratch, 'reference.json');
  await writeFile(file, JSON.stringify(recipe));
  return withCopy(
    problem.directory,
    (folder) => wrapCode(folder, id),
    async (copy) => {
      const { signal, listener } = measuring;
      const onProgress = listener.onPrepare?.bind(listener) ?? (() => undefined);
      const job = { directory: copy.directory, sample: false, sampleSeed: 1 };
      const prepared = await runPrepare(job, { signal, onProgress });
      try {
        const report = await gradeRecipe({ problem: copy, file, seed: 1 }, measuring);
        tell(id, report, measuring);
        const result = resultOf(id, report, best);
        if (id !== 'leak') return result;
        const { exact, rows } = prepared.sharedRows;
        return {
          ...result,
          isCaught: exact > 0,
          note: `the probe finds ${exact} of ${rows} held-out rows in training`,
        };
      } finally {
        await forgetPrepared(prepared);
      }
    },
  );
}

/** The package's own code, and a module in its place that changes what it returns. */
async function wrapCode(folder: string, id: keyof typeof dataMutants): Promise<void> {
  const name = existsSync(join(folder, 'data.ts')) ? 'data.ts' : 'data.js';
  await rename(join(folder, name), join(folder, `unchanged-${name}`));
  await copyFile(builtProgram('authoring/mutate/data-mutants'), join(folder, 'data-mutants.js'));
  const module = [
    `import { seededRandom } from 'grader/problem';`,
    `import { dataMutants } from './data-mutants.js';`,
    `import * as unchanged from './unchanged-${name}';`,
    `export * from './unchanged-${name}';`,
    `export const prepare = async (files) =>`,
    `  dataMutants['${id}'](await unchanged.prepare(files), seededRandom(1));`,
  ];
  await writeFile(join(folder, 'data.js'), module.join('\n'));
}

function resultOf(id: MutantId, { score, failure }: GradeReport, best: number): MutantResult {
  const points = score?.points ?? 0;
  return {
    ...{ id, points, value: score?.value ?? null, lost: best - points },
    isCaught: points < best,
    note: failure?.message ?? null,
  };
}

function tell(name: string, { score }: GradeReport, { onRun }: Measuring): void {
  const came = score ? Number(score.value.toPrecision(4)) : 'no score';
  onRun(`${name}: ${came}, ${score?.points ?? 0}/5`);
}

/** What each mutant is, in words. */
export function describeMutant(id: MutantId, { task }: Pick<ProblemDefinition, 'task'>): string {
  const texts: Readonly<Record<MutantId, string>> = {
    'wrong-loss':
      task === 'multiclass'
        ? 'logits and probabilities confused'
        : 'a loss that sees the sign alone',
    'tiny-net': 'one unit in each layer',
    'high-learning-rate': 'a learning rate a thousand times as high',
    'one-epoch': 'trained for one epoch',
    'shuffled-labels': 'labels of other rows',
    'unscaled-inputs': 'inputs that are not normalised',
    leak: 'held-out rows that are training rows',
  };
  return texts[id];
}
