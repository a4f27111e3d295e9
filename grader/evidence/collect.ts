import { readFile } from 'node:fs/promises';
import type {
  AugmentationSample,
  AugmentedPicture,
  DescribedRows,
  ExampleImage,
  HeldOutExamples,
  HeldOutTargets,
  PreparedData,
  ProblemDefinition,
  Scored,
} from '../contract.ts';
import { augmentedPictures } from './augmented-pictures.ts';
import { confusionImages } from './confusion-images.ts';
import { type Ranked, rowsFile, worstExamples } from './examples.ts';
import { withRows } from './input-rows.ts';
import { rowsTable } from './rows-table.ts';

export interface Evidence {
  readonly images: readonly ExampleImage[] | null;
  /** Left out where nothing was augmented. */
  readonly augmented?: readonly AugmentedPicture[];
  readonly examples: HeldOutExamples | null;
  /** Every row as CSV. */
  readonly table: { readonly name: string; readonly text: string } | null;
}

interface Prepared {
  readonly data: Pick<PreparedData, 'heldOut' | 'decoding'>;
  readonly heldOut: Pick<HeldOutTargets, 'labels'>;
  /** The file of what the rows are for people. */
  readonly described: string | null;
}

interface Job extends Pick<Ranked, 'vocabulary'> {
  readonly problem: Pick<ProblemDefinition, 'task' | 'vocabulary' | 'classes'>;
  readonly scored: Scored;
  /** Null where nothing was trained, or augmented. */
  readonly augmented: AugmentationSample | null;
}

/** What a report shows of single rows; nothing where the scorer gave totals alone. */
export async function collectEvidence(
  { data, heldOut, described }: Prepared,
  { problem, scored, vocabulary, augmented }: Job,
): Promise<Evidence> {
  const { ranked, score } = scored;
  if (!ranked) return { images: null, examples: null, table: null };
  const source = {
    ...{ problem, ranked, vocabulary, decoding: data.decoding, labels: heldOut.labels },
    described: await readDescribed(described),
  };
  return withRows(data.heldOut.inputs, async (rows) => ({
    ...(augmented ? { augmented: augmentedPictures(augmented) } : {}),
    images: await confusionImages(score, rows, data.decoding),
    examples: await worstExamples(source, rows),
    table: { name: rowsFile, text: await rowsTable(source, rows, problem.classes) },
  }));
}

/** The preparer has checked it, and its digest. */
export async function readDescribed(path: string | null): Promise<DescribedRows | null> {
  if (path === null) return null;
  return JSON.parse(await readFile(path, 'utf8')) as DescribedRows;
}
