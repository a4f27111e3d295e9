import type { ArrayFile, HeldOutTargets, PreparedData, SharedRows } from '../contract.ts';

/** What a grading gets: the open part for the trainer, the held-out targets for the scorer. */
export interface Prepared {
  readonly data: PreparedData;
  readonly heldOut: HeldOutTargets;
  /** The file of `DescribedRows` as JSON, for the report alone; null where the package describes none. */
  readonly described: string | null;
  readonly sharedRows: SharedRows;
}

/** The same data with every file's path changed. */
export function mapPaths(
  { data, heldOut, described, sharedRows }: Prepared,
  change: (path: string) => string,
): Prepared {
  const moved = (file: ArrayFile): ArrayFile => ({ ...file, path: change(file.path) });
  const split = ({ inputs, targets }: PreparedData['training']) => ({
    inputs: moved(inputs),
    targets: moved(targets),
  });
  return {
    data: {
      ...data,
      training: split(data.training),
      validation: split(data.validation),
      heldOut: { inputs: moved(data.heldOut.inputs) },
    },
    heldOut: { ...heldOut, targets: moved(heldOut.targets) },
    described: described === null ? null : change(described),
    sharedRows,
  };
}

export function pathsOf({ data, heldOut, described }: Prepared): string[] {
  const { training, validation } = data;
  const open = [training.inputs, training.targets, validation.inputs, validation.targets];
  const arrays = [...open, data.heldOut.inputs, heldOut.targets].map(({ path }) => path);
  return described === null ? arrays : [...arrays, described];
}
