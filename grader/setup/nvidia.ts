import { readdir } from 'node:fs/promises';
import { runProgram } from '../process/run-program.ts';

/** The NVIDIA GPUs of this machine as the driver names them, or as device files without nvidia-smi. */
export async function nvidiaGpus(signal?: AbortSignal): Promise<readonly string[]> {
  const { ok, output } = await runProgram(['nvidia-smi', '-L'], { signal });
  if (ok) return output.split('\n').filter((line) => line.startsWith('GPU '));
  return deviceFiles();
}

/**
 * Whether there is an NVIDIA GPU that the user does not hide from CUDA programs; asks the driver,
 * which takes a second, only where it must.
 */
export async function seesNvidiaGpu(signal?: AbortSignal): Promise<boolean> {
  if (hiddenDevices.has(process.env['CUDA_VISIBLE_DEVICES'] ?? '0')) return false;
  return (await deviceFiles()).length > 0 || (await nvidiaGpus(signal)).length > 0;
}

const hiddenDevices = new Set(['', '-1']);

/** The CUDA packages that a TensorFlow wheel asks for, by name: `nvidia-cublas-cu12`. */
export function cudaPackages(metadata: string): readonly string[] {
  return metadata.split(/\r?\n/).flatMap((line) => {
    const [, name] = /^Requires-Dist: ([\w.-]+).*; extra == "and-cuda"$/.exec(line) ?? [];
    return name === undefined ? [] : [name];
  });
}

/** A driver without a device (/proc/driver/nvidia alone) is no GPU: containers often see one. */
async function deviceFiles(): Promise<readonly string[]> {
  const names = await readdir('/dev').catch(() => []);
  return names.filter((name) => /^nvidia\d+$/.test(name)).map((name) => `/dev/${name}`);
}
