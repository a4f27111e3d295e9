import { builtProgram } from '../process/built-program.ts';
import { environmentOf } from '../process/environment.ts';
import { startChild, type StartedChild } from '../process/start-child.ts';
import type { PrepareJob, PrepareProgress } from './prepare.ts';
import type { Prepared } from './prepared.ts';

interface RunPrepareOptions {
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

/** Starts a process that prepares one problem's data and never meets a candidate's file. */
export function startPreparer(): StartedChild<PrepareJob, PrepareProgress, Prepared> {
  return startChild({
    program: builtProgram('prepare/child'),
    environment: environmentOf(environmentNames),
  });
}

/** Prepares a problem's data in a process of its own. */
export function runPrepare(job: PrepareJob, options: RunPrepareOptions = {}): Promise<Prepared> {
  return startPreparer().run(job, options);
}
