import { builtProgram } from '../process/built-program.ts';
import { GraderError } from '../errors.ts';
import { runChild } from '../process/run-child.ts';
import { tensorflowEnvironment } from '../engine/process/tensorflow-environment.ts';
import type { Engine } from './engine.ts';

export interface ProbeResult {
  readonly version: string;
  readonly usesGpu: boolean;
}

/** What became of an engine when it was loaded, with TensorFlow's own log lines. */
export interface Probe extends ProbeResult {
  readonly log: readonly string[];
}

/**
 * Loads the engine in a process of its own and multiplies two matrices there: a library built for
 * another CPU dies there and not here. Throws `engine-broken`.
 */
export async function probeEngine(
  engine: Pick<Engine, 'addon'>,
  signal?: AbortSignal,
): Promise<Probe> {
  const log: string[] = [];
  const result = await runChild<Pick<Engine, 'addon'>, never, ProbeResult>({
    program: builtProgram('setup/child'),
    job: { addon: engine.addon },
    // At its usual level TensorFlow says that a CUDA library is missing, but not which.
    environment: {
      ...tensorflowEnvironment(),
      TF_CPP_MIN_LOG_LEVEL: '0',
      TF_CPP_VMODULE: 'dso_loader=1',
    },
    onStderr: (line) => log.push(line),
    signal,
  }).catch((error: unknown) => {
    throw explain(error, engine.addon);
  });
  return { ...result, log };
}

function explain(error: unknown, addon: string): unknown {
  if (!(error instanceof GraderError) || error.failure.code !== 'child-died') return error;
  const { message, help } = error.failure;
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-broken',
      message:
        `TensorFlow (${addon}) ends the process that loads it: ${message} ${help ?? ''}`.trim(),
      help: 'A signal SIGILL means that this CPU lacks instructions (AVX) which the build needs. Otherwise: grader setup --force.',
    },
    { cause: error },
  );
}
