import type { ExecutionPlan, TrainEnvironment } from '../../contract.ts';
import type { NativeTensorFlow } from './native.ts';
import { tf } from './tf.ts';

/** What a report says about the engine that was used. */
export function environmentOf(
  native: NativeTensorFlow,
  plan: ExecutionPlan,
): Omit<TrainEnvironment, 'execution'> {
  return {
    tensorflow: native.version,
    tfjs: tf.version_core,
    device: native.usesGpu ? 'GPU' : 'CPU',
    threads: Math.max(plan.intraOp, plan.interOp),
    oneDnn: plan.oneDnn,
  };
}
