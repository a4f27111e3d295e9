import { builtProgram } from '../built.ts';
import { runChild } from '../process/run-child.ts';
import type { PrepareJob, PrepareProgress } from './prepare.ts';
import type { Prepared } from './prepared-folder.ts';

export interface RunPrepareOptions {
  readonly onProgress?: (progress: PrepareProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What decides where data sets are found and how they are fetched. */
const environmentNames = [
  'EXAM_DATA_MIRROR',
  'GRADER_CACHE',
  'GRADER_FETCH_TIMEOUT',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_USE_ENV_PROXY',
  'NODE_EXTRA_CA_CERTS',
];

/** Prepares a problem's data in a process of its own, which never meets a candidate's file. */
export function runPrepare(job: PrepareJob, options: RunPrepareOptions = {}): Promise<Prepared> {
  return runChild<PrepareJob, PrepareProgress, Prepared>({
    program: builtProgram('prepare/child'),
    job,
    environment: pickEnvironment(),
    signal: options.signal,
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  });
}

function pickEnvironment(): Record<string, string> {
  return Object.fromEntries(
    environmentNames.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
