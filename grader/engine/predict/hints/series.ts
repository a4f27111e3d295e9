import type { NdArray } from '../../../contract.ts';
import type { RowReader } from '../../rows/batches.ts';
import { rescaled } from './pixels.ts';
import { scaled, type Trial } from './trial.ts';

/** A series in the scales that models are trained on: as counted, or standardised. */
export function seriesTrials(
  reader: RowReader,
  training: NdArray,
  range: readonly [number, number] | undefined,
): Trial[] {
  const { mean, deviation } = moments(training.data);
  const standardised = trial(reader, {
    reading: 'series-standardised',
    factor: 1 / deviation,
    offset: -mean / deviation,
  });
  if (!range) return [standardised];
  const [lowest, highest] = range;
  const raw = trial(reader, {
    reading: 'series-as-counted',
    factor: highest - lowest,
    offset: lowest,
  });
  return [raw, standardised];
}

interface Scale {
  readonly reading: Trial['reading']['reading'];
  readonly factor: number;
  readonly offset: number;
}

function trial(reader: RowReader, { reading, factor, offset }: Scale): Trial {
  return {
    reading: { reading },
    reader: rescaled(reader, factor, offset),
    read: scaled({ factor: 1 / factor, offset: -offset / factor }),
  };
}

/** Outputs of a regression that was trained on scaled targets. */
export function targetTrials(reader: RowReader, targets: NdArray): Trial[] {
  const { mean, deviation, lowest, highest } = moments(targets.data);
  return [
    {
      reading: { reading: 'targets-standardised' },
      ...{ reader, read: scaled({ factor: deviation, offset: mean }) },
    },
    {
      reading: { reading: 'targets-from-0-to-1' },
      ...{ reader, read: scaled({ factor: highest - lowest, offset: lowest }) },
    },
  ];
}

export function moments(values: NdArray['data']) {
  const count = values.length;
  let [sum, lowest, highest] = [0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const mean = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) || 1, lowest, highest };
}
