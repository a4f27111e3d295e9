import { environmentOf } from '../../process/environment.ts';

/** What a user sets so that TensorFlow finds the driver's libraries, and the GPUs that it may use. */
const inherited = [
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'CUDA_DEVICE_ORDER'],
];

/** What a process that loads TensorFlow is given of this process's environment. */
export function tensorflowEnvironment(): Record<string, string> {
  return environmentOf(inherited);
}
