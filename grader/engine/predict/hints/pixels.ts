import { tf } from '../../tensorflow/tf.ts';
import type { RowReader } from '../../rows/batches.ts';
import type { Trial } from './trial.ts';

/** Pixels in the other two ranges that models are trained on. */
export function pixelTrials(reader: RowReader): Trial[] {
  return [
    {
      setting: 'With pixels from 0 to 255 instead of 0 to 1',
      advice:
        'It was trained on pixels that were not divided by 255. Divide them before training, or put a Rescaling(255) layer in front of the trained model.',
      reader: rescaled(reader, 255, 0),
    },
    {
      setting: 'With pixels from -1 to 1 instead of 0 to 1',
      advice:
        'It was trained on pixels from -1 to 1, as `preprocess_input` of some applications makes them. Put a Rescaling(2, offset=-1) layer in front of the trained model.',
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
