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
    scale: 'standardised',
    factor: 1 / deviation,
    offset: -mean / deviation,
  });
  if (!range) return [standardised];
  const [lowest, highest] = range;
  const raw = trial(reader, {
    scale: 'as it was counted, not scaled',
    factor: highest - lowest,
    offset: lowest,
  });
  return [raw, standardised];
}

function trial(
  reader: RowReader,
  { scale, factor, offset }: { scale: string; factor: number; offset: number },
): Trial {
  return {
    setting: `With the series ${scale}, and its forecasts scaled back,`,
    advice: `It was trained on the series ${scale}. Scale it as the statement says, or put a Rescaling layer before the first and after the last layer.`,
    reader: rescaled(reader, factor, offset),
    read: scaled({ factor: 1 / factor, offset: -offset / factor }),
  };
}

/** Outputs of a regression that was trained on scaled targets. */
export function targetTrials(reader: RowReader, targets: NdArray): Trial[] {
  const { mean, deviation, lowest, highest } = moments(targets.data);
  const advice =
    'The targets were scaled in training, and the predictions are not scaled back. Train on the targets as they are, or scale back in a last Rescaling layer.';
  return [
    {
      setting: 'With its outputs taken as standardised targets',
      ...{ advice, reader, read: scaled({ factor: deviation, offset: mean }) },
    },
    {
      setting: 'With its outputs taken as targets from 0 to 1',
      ...{ advice, reader, read: scaled({ factor: highest - lowest, offset: lowest }) },
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
