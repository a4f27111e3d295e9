import type { Engine, EngineOptions } from '../setup/engine.ts';
import { nvidiaGpus } from '../setup/nvidia.ts';
import { GraderError } from '../errors.ts';

/** Throws with fault `machine` when a GPU is asked for and none is seen, before anything is fetched. */
export async function checkDevice({ device, signal }: EngineOptions): Promise<void> {
  if (device !== 'gpu' || (await nvidiaGpus(signal)).length > 0) return;
  throw new GraderError({
    fault: 'machine',
    code: 'no-gpu',
    message: 'A GPU is asked for (--device gpu), but no NVIDIA GPU is seen on this machine.',
    help: 'Leave --device out to train on the CPU; `grader doctor` says what it sees.',
  });
}

/** Whether TensorFlow may take a GPU, if the plan says that it pays. */
export function mayUseGpu({ engine }: { readonly engine: EngineOptions }, found: Engine): boolean {
  return found.gpu && engine.device !== 'cpu';
}
