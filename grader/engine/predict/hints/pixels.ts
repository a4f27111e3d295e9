import { tf } from '../../tensorflow/tf.ts';
import type { RowReader } from '../../rows/batches.ts';
import type { Trial } from './trial.ts';

/** Pixels in the other two ranges that models are trained on. */
export function pixelTrials(reader: RowReader): Trial[] {
  return [
    {
      reading: { reading: 'pixels-to-255' },
      reader: rescaled(reader, 255, 0),
    },
    {
      reading: { reading: 'pixels-from-minus-one' },
      reader: rescaled(reader, 2, -1),
    },
  ];
}

/** The same rows, each value times a factor plus an offset. */
export function rescaled(reader: RowReader, factor: number, offset: number): RowReader {
  return {
    ...reader,
    form: (stored) => tf.add(tf.mul(reader.form(stored), factor), offset),
  };
}
