import { readArray, readBlocks } from '../array-file.ts';
import type {
  ArrayFile,
  DataParts,
  PartRows,
  PreparedData,
  ProblemDefinition,
  RankedRows,
  Recipe,
  WordCounts,
} from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { rowsBeforeSplit } from '../recipe/fit.ts';
import { beyondTraining } from './beyond.ts';
import { readDescribed } from './collect.ts';
import { unknownWord } from './see-row.ts';

interface Prepared {
  readonly data: Pick<PreparedData, 'training' | 'validation' | 'heldOut'>;
  /** The file of what the held-out rows are for people. */
  readonly described: string | null;
}

interface Graded {
  readonly problem: Pick<ProblemDefinition, 'task' | 'classes'>;
  /** Null where a model was graded as it came. */
  readonly recipe: Recipe | null;
  /** Word ids from this one on were unknown to the model; null where none were. */
  readonly vocabulary: number | null;
  /** Null where the problem discloses totals alone. */
  readonly ranked: RankedRows | null;
}

/** What there is to tell of the rows that a model was trained, validated and graded on. */
export async function partsOf(prepared: Prepared, graded: Graded): Promise<DataParts> {
  const { training, validation, heldOut } = prepared.data;
  const { problem, recipe, vocabulary, ranked } = graded;
  const words = vocabulary === null ? null : await countWords(heldOut.inputs, vocabulary);
  if (!recipe) return { training: null, validation: null, words, beyond: null };
  const [all = 0] = training.targets.shape;
  const first = rowsBeforeSplit(recipe.fit, all);
  const classes = isClassification(problem.task) ? (problem.classes ?? []) : null;
  const learnt = await countRows(training.targets, [0, first], classes);
  return {
    training: learnt,
    validation:
      first < all
        ? await countRows(training.targets, [first, all], classes)
        : await countRows(validation.targets, [0, validation.targets.shape[0] ?? 0], classes),
    words,
    beyond:
      ranked &&
      (await beyondTraining(
        { training: training.inputs, heldOut: heldOut.inputs, rows: first },
        {
          ...{ problem, ranked, described: await readDescribed(prepared.described) },
        },
      )),
  };
}

async function countRows(
  targets: ArrayFile,
  [from, to]: readonly [number, number],
  classes: readonly string[] | null,
): Promise<PartRows> {
  if (!classes) return { rows: to - from, classes: null };
  const labels = (await readArray(targets)).data.subarray(from, to);
  const counts = classes.map(() => 0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return { rows: to - from, classes: counts };
}

async function countWords(inputs: ArrayFile, vocabulary: number): Promise<WordCounts> {
  let [words, unknown, neverKnown] = [0, 0, 0];
  for await (const { data } of readBlocks(inputs)) {
    for (const id of data) {
      if (id > 0) words += 1;
      if (id === unknownWord) neverKnown += 1;
      if (id === unknownWord || id >= vocabulary) unknown += 1;
    }
  }
  return { vocabulary, words, unknown, neverKnown };
}
