import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { problems } from '../../../problems/index.ts';
import { isTextsName } from '../../../problems/load-definition.ts';
import { problemIn, problemName } from '../../../problems/load-problems.ts';
import type { DescribedRows, Problem, ProblemDefinition } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import type { PrepareProgress } from '../../prepare/prepare.ts';
import type { Prepared } from '../../prepare/prepared.ts';
import { runPrepare } from '../../prepare/start.ts';
import { mistake, thrownMistake, warning, type Mistake } from '../mistake.ts';
import { forgetPrepared, withCopy } from '../package-copy.ts';
import { toReplace } from '../scaffold/first-definition.ts';
import { dataFacts, dataMistakes, type DataFacts } from './lint-data.ts';
import { datasetMistakes } from './lint-dataset.ts';
import { readDefinition, textsMistakes, type ReadDocument } from './lint-definition.ts';
import {
  leftovers,
  starterMistakes,
  statementMistakes,
  stringsIn,
  unusedTexts,
} from './lint-texts.ts';
import { budgetMistakes, unreachableBars } from './lint-thresholds.ts';
import { mendedDefinition } from './mended-definition.ts';

/** All that is known of a package without training anything. */
export interface Validation {
  readonly problem: string;
  readonly directory: string;
  readonly mistakes: readonly Mistake[];
  /** Null where `data.ts` could not be run. */
  readonly data: DataFacts | null;
}

interface AuthoringOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PrepareProgress) => void;
}

/**
 * Looks at every part of a package, whatever is wrong with the others: `problem.json`, its texts, the data set's
 * files, statement, starter and reference, and what `data.ts` makes. Throws what is not the package's fault.
 */
export async function validate(directory: string, options: AuthoringOptions): Promise<Validation> {
  const { signal } = options;
  const read = await readDefinition(directory, signal);
  const ofTexts = await textsMistakes(directory, signal);
  const files = await filesMistakes(directory, read);
  const definition =
    read.mistakes.length + ofTexts.length === 0 ? problemIn(directory).definition : null;
  const made = await makeData(directory, {
    ...options,
    ...read,
    isSound: definition !== null && !files.some(isError),
  });
  const mistakes = [
    ...nameMistakes(directory),
    ...read.mistakes,
    ...ofTexts,
    ...files,
    ...(definition ? ofDefinition(definition, { said: made.said, code: codeIn(directory) }) : []),
    ...statementMistakes(directory, definition),
    ...(await starterMistakes(directory, definition, signal)),
    ...made.mistakes,
  ];
  return { problem: basename(directory), directory, mistakes, data: made.data };
}

function isError({ isWarning }: Mistake): boolean {
  return !isWarning;
}

function nameMistakes(directory: string): Mistake[] {
  const id = basename(directory);
  const own = problems.find((problem) => problemName(problem) === id);
  if (!own || realpathSync(own.directory) === realpathSync(directory)) return [];
  const message = `the grader has a problem "${id}" of its own`;
  const help = 'Give the folder, and the id, another name.';
  return [mistake('problem.json', { place: '/id', message, help })];
}

/** Of the data set's files, where it can be told which they are. */
async function filesMistakes(
  directory: string,
  { document, mistakes }: ReadDocument,
): Promise<readonly Mistake[]> {
  const isBroken = mistakes.some(({ place, message }) => `${place}${message}`.includes('dataset'));
  if (document === null || isBroken) return [];
  return datasetMistakes(directory, (document as ProblemDefinition).dataset);
}

/** What a sound definition says that cannot be meant. */
function ofDefinition(
  definition: ProblemDefinition,
  words: Parameters<typeof unusedTexts>[1],
): readonly Mistake[] {
  return [
    ...unreachableBars(definition),
    ...budgetMistakes(definition),
    ...leftovers(definition, toReplace),
    ...unusedTexts(definition, words),
  ];
}

/** The package's own modules, one after the other. */
function codeIn(directory: string): string {
  const names = readdirSync(directory).filter((name) => /\.[jt]s$/.test(name));
  return names.map((name) => readFileSync(join(directory, name), 'utf8')).join('\n');
}

interface Made {
  readonly data: DataFacts | null;
  readonly mistakes: readonly Mistake[];
  /** What the data say in words: notes, names of columns. */
  readonly said: readonly string[];
}

interface Making extends AuthoringOptions {
  readonly document: unknown;
  /** Whether the package can be run as it is. */
  readonly isSound: boolean;
}

async function makeData(directory: string, making: Making): Promise<Made> {
  if (making.isSound) return tryData(problemIn(directory), making);
  const mended = await mendedDefinition(making.document, directory);
  if (mended === null) {
    const message =
      'was not run: what problem.json says of task, inputs, outputs, data set or metric must be right first';
    return { data: null, said: [], mistakes: [warning('data.ts', { message })] };
  }
  const change = async (folder: string) => {
    for (const name of readdirSync(folder).filter(isTextsName)) await rm(join(folder, name));
    await writeFile(join(folder, 'problem.json'), JSON.stringify(mended));
  };
  const { mistakes, ...made } = await withCopy(directory, change, async (copy) => {
    const prepared: Prepared[] = [];
    const keep = (each: Prepared) => void prepared.push(each);
    try {
      return await tryData(copy, making, keep);
    } finally {
      for (const each of prepared) await forgetPrepared(each);
    }
  });
  // Thresholds of a mended definition are none of the author's.
  return { ...made, mistakes: mistakes.filter(({ file }) => file !== 'problem.json') };
}

async function tryData(
  { directory, definition }: Problem,
  { signal, onProgress }: AuthoringOptions,
  onPrepared: (prepared: Prepared) => void = () => undefined,
): Promise<Made> {
  try {
    const job = { directory, sample: false, sampleSeed: 1 };
    const prepared = await runPrepare(job, { signal, onProgress });
    onPrepared(prepared);
    const data = await dataFacts(definition, prepared);
    const said = [...prepared.data.notes, ...columnNames(prepared)];
    return { data, said, mistakes: dataMistakes(definition, data) };
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    const { fault, code } = error.failure;
    if (fault !== 'package' && code !== 'dataset-missing') throw error;
    return { data: null, said: [], mistakes: [notMade(error)] };
  }
}

/** A package's own failure is a mistake; a data set that is not on this machine leaves its data unseen. */
function notMade(error: GraderError): Mistake {
  const told = thrownMistake('data.ts', error);
  if (error.failure.fault !== 'package') {
    const [missing = ''] = told.message.split('. Tried:');
    return warning('data.ts', {
      message: `was not run: ${missing}`,
      help: 'grader data fetch brings it.',
    });
  }
  const [, message = told.message] =
    /is broken: (?:its data\.ts )?([^]*?)\.?$/.exec(told.message) ?? [];
  return mistake('data.ts', { message });
}

function columnNames({ described }: Prepared): readonly string[] {
  if (described === null) return [];
  const rows = JSON.parse(readFileSync(described, 'utf8')) as DescribedRows;
  return stringsIn(rows.features?.map(({ name, unit }) => ({ name, unit })));
}
