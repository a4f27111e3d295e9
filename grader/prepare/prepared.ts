import type { ArrayFile, HeldOutTargets, PreparedData } from '../contract.ts';

/** What a grading gets: the open part for the trainer, the held-out targets for the scorer. */
export interface Prepared {
  readonly data: PreparedData;
  readonly heldOut: HeldOutTargets;
}

/** The same data with every file's path changed. */
export function mapPaths({ data, heldOut }: Prepared, change: (path: string) => string): Prepared {
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
  };
}

export function arraysOf({ data, heldOut }: Prepared): ArrayFile[] {
  const { training, validation } = data;
  const open = [training.inputs, training.targets, validation.inputs, validation.targets];
  return [...open, data.heldOut.inputs, heldOut.targets];
}
