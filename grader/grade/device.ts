import type { EngineOptions } from '../engine/setup/engine.ts';
import { nvidiaGpus } from '../engine/setup/nvidia.ts';
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
