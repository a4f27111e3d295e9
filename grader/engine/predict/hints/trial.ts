import type { NdArray } from '../../../contract.ts';
import type { RowReader } from '../../rows/batches.ts';

/** The validation part, given or read in another way than the problem does it. */
export interface Trial {
  /** Completes "… the validation accuracy is 0.87": "With pixels from 0 to 255". */
  readonly setting: string;
  /** What this says about the training, and what to do. */
  readonly advice: string;
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
