import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  Failure,
  KerasObject,
  LayerWeights,
  ModelFileFacts,
  ModelSurvey,
  ProblemDefinition,
  Recipe,
} from '../contract.ts';
import { contractMisfits } from '../engine/model/contract-check.ts';
import { GraderError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { findFormat } from '../formats/find-format.ts';
import { placing } from '../formats/place-mistakes.ts';
import { formatTitles, type FormatId, type SubmissionFormat } from '../formats/format.ts';
import { recipeMisfits } from '../recipe/for-problem.ts';
import { normaliseRecipe } from '../recipe/normalise.ts';

/** What is in a file, as far as that can be told without training or predicting. */
export interface Inspection {
  readonly format: 'grader-inspection';
  readonly version: 1;
  readonly file: string;
  readonly bytes: number;
  /** Null where the file is in no known format. */
  readonly kind: { readonly id: string; readonly title: string } | null;
  /** Of a model file; null for a recipe. */
  readonly facts: ModelFileFacts | null;
  /** Null where the file holds none that could be read. */
  readonly model: ModelSurvey | null;
  readonly hasWeights: boolean;
  readonly compile: Recipe['compile'] | null;
  /** Why there are no compile settings to train anew with. */
  readonly compileProblem: string | null;
  readonly problems: readonly ProblemFit[];
  readonly notes: readonly string[];
  /** Why the file is refused; null where it is readable. */
  readonly failure: Failure | null;
}

interface ProblemFit {
  readonly id: string;
  /** Null where inputs and outputs are those of the problem. */
  readonly refusal: string | null;
}

interface InspectOptions {
  /** Takes this problem alone, and refuses what cannot be graded by it, with all reasons. */
  readonly problem?: ProblemDefinition;
  readonly signal?: AbortSignal;
}

/**
 * Tells what a submission is. A recipe that is code is read in the sandbox in which a grading reads it; of
 * everything else nothing runs. Throws fault `usage` where there is no such file, and what is not the
 * file's fault; what is, stands in the answer.
 */
export async function inspectFile(
  file: string,
  problems: readonly ProblemDefinition[],
  { problem, signal }: InspectOptions = {},
): Promise<Inspection> {
  const scratch = temporaryFolder('inspect');
  void loadSurveying();
  const found: Found = { ...nothing, file: basename(file), bytes: (await stat(file)).size };
  try {
    const format = await findFormat(file);
    const [id, ...others] = format.ids;
    if (id && others.length === 0) found.kind = kindOf(id);
    const source = { path: file, scratch, signal, problem: problem ?? null };
    const model = await placing(
      { path: file, hasModel: true, problem: problem ?? null },
      () => readInto(found, format, source),
      signal,
    );
    const { surveyModel } = await loadSurveying();
    const survey = surveyModel(model);
    found.model = survey;
    const wanted = problem ? [problem] : problems;
    found.problems = wanted.map((each) => fitOf(survey, model, each));
    if (problem) await checkFor(problem, { source, read: model, others: problems });
  } catch (error) {
    found.failure = refusalOf(error);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return found;
}

/** The definitions of all layers: loaded while a process of its own reads the file. */
function loadSurveying() {
  return import('../engine/model/survey-model.ts');
}

type Found = { -readonly [Key in keyof Inspection]: Inspection[Key] };

const nothing = {
  format: 'grader-inspection',
  version: 1,
  kind: null,
  facts: null,
  model: null,
  hasWeights: false,
  compile: null,
  compileProblem: null,
  problems: [],
  notes: [],
  failure: null,
} as const;

interface Source {
  readonly path: string;
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
  readonly problem: ProblemDefinition | null;
}

interface Read {
  readonly model: KerasObject;
  readonly weights: readonly LayerWeights[] | null;
  /** Null for a model file. */
  readonly recipe: Recipe | null;
}

/** Fills in what the format tells and answers the model to be surveyed. */
async function readInto(
  found: Found,
  format: SubmissionFormat,
  { path, scratch, signal, problem }: Source,
): Promise<Read> {
  const opened = await format.open({ path, size: found.bytes }, { scratch, signal });
  found.kind = kindOf(opened.format);
  if (opened.kind === 'recipe') {
    const { recipe, notes } = normaliseRecipe(opened.document, { format: opened.format, problem });
    found.compile = recipe.compile;
    found.notes = [...opened.notes, ...notes];
    return { model: recipe.model, weights: null, recipe };
  }
  const { model, weights, compile, compileProblem, facts } = opened.file;
  Object.assign(found, { compile, compileProblem, facts, hasWeights: weights !== null });
  found.notes = opened.notes;
  return { model, weights: weights?.layers ?? null, recipe: null };
}

function kindOf(id: FormatId): Inspection['kind'] {
  return { id, title: formatTitles[id] };
}

function fitOf(
  survey: ModelSurvey,
  { model, recipe }: Read,
  problem: ProblemDefinition,
): ProblemFit {
  const { id } = problem;
  const [inputs, outputs] = [survey.inputs.length, survey.outputs.length];
  if (inputs !== 1 || outputs !== 1) {
    const has = `${plural(inputs, 'input')} and ${plural(outputs, 'output')}`;
    return { id, refusal: `The model has ${has}; one of each is taken.` };
  }
  const [first] = [
    ...contractMisfits({ ...survey, model }, problem),
    ...(recipe ? recipeMisfits(recipe, problem) : []),
  ];
  return { id, refusal: first?.message ?? null };
}

interface Whole {
  readonly source: Source;
  readonly read: Read;
  readonly others: readonly ProblemDefinition[];
}

/** Throws what keeps it from being graded by a problem, as a grading would before it brings data. */
async function checkFor(
  problem: ProblemDefinition,
  { source, read: { model, recipe, weights }, others }: Whole,
): Promise<void> {
  const { measureModel } = await import('../engine/model/measure-model.ts');
  const use = weights
    ? ({ kind: 'prediction', weights } as const)
    : ({ kind: 'training', batch: recipe?.fit.batch_size ?? 1 } as const);
  const misfits = recipe ? recipeMisfits(recipe, problem) : [];
  const rest = others.filter(({ id }) => id !== problem.id);
  await placing(
    { path: source.path, hasModel: recipe !== null },
    () => measureModel({ model, problem, others: rest, misfits, use }),
    source.signal,
  );
}

/** What is the file's fault; everything else is thrown on. */
function refusalOf(error: unknown): Failure {
  const isRefusal =
    error instanceof GraderError && ['candidate', 'limit'].includes(error.failure.fault);
  if (!isRefusal) throw error;
  return error.failure;
}

function plural(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
