import type { FindingFigures, NdArray } from '../../../contract.ts';
import type { RowReader } from '../../rows/batches.ts';

type Reading = FindingFigures['another-reading'];

/** The validation part, given or read in another way than the problem does it. */
export interface Trial {
  readonly reading: Pick<Reading, 'reading'> & Partial<Reading>;
  readonly reader: RowReader;
  /** Predictions in the problem's terms. */
  readonly read?: (predictions: NdArray) => NdArray;
}

/** Predictions times a factor plus an offset. */
export function scaled({ factor, offset }: Scaling): (array: NdArray) => NdArray {
  return ({ shape, data }) => ({
    dtype: 'float32',
    shape,
    data: Float32Array.from(data, (value) => value * factor + offset),
  });
}

interface Scaling {
  readonly factor: number;
  readonly offset: number;
}
