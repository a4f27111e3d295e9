import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Who is compared. `search` lists, for each thing that can be set, the settings to try; the first of
 * each is the default. `environment` is what a setting needs before the process starts.
 */
export const contenders = [
  {
    name: 'ours',
    program: 'ours.js',
    search: ({ cores }) => [
      cores > 1
        ? [
            { threads: 1, interOp: 1, shards: 1 },
            { threads: 1, interOp: cores, shards: 1 },
            { threads: 1, interOp: cores, shards: cores },
            { threads: cores, interOp: 1, shards: 1 },
          ]
        : [{ threads: 1, interOp: 1, shards: 1 }],
      [{ oneDnn: true }, { oneDnn: false }],
    ],
    environment: ({ threads, interOp, oneDnn }) => ({
      TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0',
      TF_NUM_INTRAOP_THREADS: String(threads),
      TF_NUM_INTEROP_THREADS: String(interOp),
    }),
  },
  {
    name: 'plain tfjs',
    program: 'tfjs.js',
    search: ({ cores }) => [threadChoices(cores)],
    environment: ({ threads }) => tensorflowThreads(threads),
  },
  {
    name: 'keras',
    program: 'keras_peer.py',
    python: 'tensorflow',
    search: ({ cores, steps }) => [
      threadChoices(cores),
      executionChoices(steps),
      [{ jit: false }, { jit: true }],
    ],
    environment: ({ threads }) => ({
      ...tensorflowThreads(threads),
      KERAS_BACKEND: 'tensorflow',
      OMP_NUM_THREADS: String(threads),
    }),
  },
  {
    name: 'jax',
    program: 'keras_peer.py',
    python: 'jax',
    search: ({ cores, steps }) => [
      threadChoices(cores),
      executionChoices(steps),
      // JAX compiles every step anyway.
      [{ jit: true }],
    ],
    environment: ({ threads }) => ({
      KERAS_BACKEND: 'jax',
      JAX_PLATFORMS: 'cpu',
      NPROC: String(threads),
      XLA_FLAGS: `--xla_cpu_multi_thread_eigen=${threads > 1}`,
      OMP_NUM_THREADS: String(threads),
    }),
  },
  {
    name: 'torch',
    program: 'torch_peer.py',
    python: 'torch',
    search: ({ cores, workload }) => [
      threadChoices(cores),
      [{ fused: false }, { fused: true }],
      isImage(workload)
        ? [{ layout: 'channels_last' }, { layout: 'channels_first' }]
        : [{ layout: 'none' }],
      [{ compile: false }, { compile: true }],
    ],
    environment: ({ threads }) => ({
      OMP_NUM_THREADS: String(threads),
      MKL_NUM_THREADS: String(threads),
    }),
  },
];

export const peerNames = ['keras', 'jax', 'torch'];

/** This engine beside that of another checkout of it, built, by that one's own program. */
export function contendersAgainst(directory) {
  const [ours] = contenders;
  const program = join(directory, 'bench', 'contenders', ours.program);
  return [ours, { ...ours, name: 'theirs', program }];
}

/** Program and arguments of a contender's process. `python` finds the interpreter of an environment. */
export function commandOf(contender, jobFile, python) {
  const here = fileURLToPath(new URL('contenders/', import.meta.url));
  const program = resolve(here, contender.program);
  const interpreter = contender.python ? python(contender.python) : process.execPath;
  return [interpreter, program, jobFile];
}

function threadChoices(cores) {
  return cores > 1 ? [{ threads: cores }, { threads: 1 }] : [{ threads: 1 }];
}

/** Steps in one call from Python; more than an epoch has would only be padding. */
function executionChoices(steps) {
  return [1, 10, 50]
    .filter((count) => count <= steps)
    .map((stepsPerExecution) => ({ stepsPerExecution }));
}

function isImage({ input }) {
  return input.length === 3;
}

function tensorflowThreads(threads) {
  return { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: String(threads) };
}
