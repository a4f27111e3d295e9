import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { runProgram } from '../process/run-program.ts';

interface Cpu {
  readonly model: string;
  /** The instruction sets that TensorFlow's kernels choose by; null where they cannot be read. */
  readonly features: readonly string[] | null;
  /** Cores that this process may use. */
  readonly cores: number;
}

interface Memory {
  readonly bytes: number;
  /** True where a cgroup allows less than the machine has. */
  readonly isLimited: boolean;
}

export async function readCpu(): Promise<Cpu> {
  return {
    model: cpus()[0]?.model.trim() ?? process.arch,
    features: await readFeatures(),
    cores: availableParallelism(),
  };
}

export function readMemory(): Memory {
  const total = totalmem();
  // Without a limit Node answers 0, or a number beyond any memory.
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < total;
  return { bytes: isLimited ? limit : total, isLimited };
}

const features = [
  ...['avx', 'avx2', 'fma', 'avx_vnni', 'avx512f', 'avx512_vnni', 'avx512_bf16'],
  ...['amx_tile', 'amx_int8', 'amx_bf16'],
  ...['asimd', 'asimddp', 'sve', 'bf16', 'i8mm'],
];

async function readFeatures(): Promise<readonly string[] | null> {
  const words = process.platform === 'darwin' ? await macFeatures() : await linuxFeatures();
  return words === null ? null : features.filter((feature) => words.has(feature));
}

async function linuxFeatures(): Promise<ReadonlySet<string> | null> {
  const text = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1];
  return line === undefined ? null : new Set(line.trim().split(/\s+/));
}

async function macFeatures(): Promise<ReadonlySet<string> | null> {
  const names = ['machdep.cpu.features', 'machdep.cpu.leaf7_features', 'hw.optional.arm'];
  const answers = await Promise.all(names.map((name) => runProgram(['sysctl', name], {})));
  const text = answers.map(({ output }) => output).join('\n');
  if (text.trim() === '') return null;
  const arm = [...text.matchAll(/hw\.optional\.arm\.FEAT_(\w+): 1/g)].map(
    ([, name = '']) => macArmNames[name] ?? '',
  );
  const intel = text.toLowerCase().replaceAll('avx1.0', 'avx').split(/\s+/);
  return new Set([...arm, ...intel, ...(process.arch === 'arm64' ? ['asimd'] : [])]);
}

const macArmNames: Readonly<Record<string, string>> = {
  DotProd: 'asimddp',
  BF16: 'bf16',
  I8MM: 'i8mm',
};
