import { builtProgram } from '../../process/built-program.ts';
import { startChild, type StartedChild } from '../../process/start-child.ts';
import type { MeasuredModel, MeasureJob } from './measure-model.ts';

/**
 * Starts a process that measures one model, for which it needs neither TensorFlow nor data. `run`
 * throws what `measureModel` throws.
 */
export function startMeasurer(): StartedChild<MeasureJob, never, MeasuredModel> {
  return startChild({ program: builtProgram('engine/model/measure-child') });
}
