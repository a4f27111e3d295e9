import { builtProgram } from '../built.ts';
import type { ModelSummary } from '../contract.ts';
import { runChild } from '../process/run-child.ts';
import type { MeasureJob } from './measure-model.ts';

export interface MeasureOptions {
  /** TF.js's own words, for the log. */
  readonly onLog: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Measures in a process of its own, which needs neither TensorFlow nor data. Throws what it throws. */
export function runMeasure(job: MeasureJob, options: MeasureOptions): Promise<ModelSummary> {
  return runChild<MeasureJob, never, ModelSummary>({
    program: builtProgram('engine/measure-child'),
    job,
    onStderr: options.onLog,
    signal: options.signal,
  });
}
