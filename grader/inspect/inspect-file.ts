import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type {
  Failure,
  KerasObject,
  LayerWeights,
  ModelFileFacts,
  ProblemDefinition,
  Recipe,
} from '../contract.ts';
import { checkContract } from '../engine/model/contract-check.ts';
import type { ModelSurvey } from '../engine/model/survey-model.ts';
import { GraderError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary.ts';
import { findFormat } from '../formats/find-format.ts';
import { formatTitles, type FormatId, type SubmissionFormat } from '../formats/format.ts';
import { normaliseRecipe } from '../recipe/normalise.ts';

/** What is in a file, as far as that can be told without running any of it. */
export interface Inspection {
  readonly format: 'grader-inspection';
  readonly version: 1;
  readonly file: string;
  readonly bytes: number;
  /** Null where the file is in no known format. */
  readonly kind: { readonly id: string; readonly title: string } | null;
  /** Of a model file; null for a recipe. */
  readonly facts: ModelFileFacts | null;
  /** Null where the file holds none that could be read, and for a recipe that is code. */
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

/**
 * Tells what a submission is, without running anything of it. Throws fault `usage` where there is no
 * such file, and what is not the file's fault; what is, stands in the answer.
 */
export async function inspectFile(
  file: string,
  problems: readonly ProblemDefinition[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Inspection> {
  const scratch = temporaryFolder('inspect');
  void loadSurveying();
  const found: Found = { ...nothing, file: basename(file), bytes: (await stat(file)).size };
  try {
    const format = await findFormat(file);
    const [id, ...others] = format.ids;
    if (id && others.length === 0) found.kind = kindOf(id);
    const model = await readInto(found, format, { path: file, scratch, signal });
    if (!model) return found;
    const { surveyModel } = await loadSurveying();
    const survey = surveyModel(model);
    found.model = survey;
    found.problems = problems.map((problem) => fitOf(survey, problem));
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
}

interface Read {
  readonly model: KerasObject;
  readonly weights: readonly LayerWeights[] | null;
}

/** Fills in what the format tells and answers the model to be surveyed. */
async function readInto(
  found: Found,
  format: SubmissionFormat,
  { path, scratch, signal }: Source,
): Promise<Read | null> {
  if (format.isCode) {
    found.notes = [
      'A recipe module is code: `grader grade` and `grader check` run it, in a sandbox.',
    ];
    return null;
  }
  const opened = await format.open({ path, size: found.bytes }, { scratch, signal });
  found.kind = kindOf(opened.format);
  if (opened.kind === 'recipe') {
    const { recipe, notes } = normaliseRecipe(opened.document, opened.format);
    found.compile = recipe.compile;
    found.notes = [...opened.notes, ...notes];
    return { model: recipe.model, weights: null };
  }
  const { model, weights, compile, compileProblem, facts } = opened.file;
  Object.assign(found, { compile, compileProblem, facts, hasWeights: weights !== null });
  found.notes = opened.notes;
  return { model, weights: weights?.layers ?? null };
}

function kindOf(id: FormatId): Inspection['kind'] {
  return { id, title: formatTitles[id] };
}

function fitOf(survey: ModelSurvey, problem: ProblemDefinition): ProblemFit {
  const { id } = problem;
  const [inputs, outputs] = [survey.inputs.length, survey.outputs.length];
  if (inputs !== 1 || outputs !== 1) {
    const has = `${plural(inputs, 'input')} and ${plural(outputs, 'output')}`;
    return { id, refusal: `The model has ${has}; one of each is taken.` };
  }
  try {
    checkContract(survey, problem);
    return { id, refusal: null };
  } catch (error) {
    return { id, refusal: refusalOf(error).message };
  }
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
