import { join } from 'node:path';
import type { ArrayFile, ExecutionPlan, PreparedData } from '../contract.ts';
import type { Engine } from '../setup/engine.ts';
import type { Outcome } from './outcome.ts';
import type { GradeListener } from './listener.ts';
import type { GradeRequest } from './request.ts';
import type { StageProcesses } from './stage-processes.ts';

/** One grading under way: what is asked for, who listens, what the stages leave behind. */
export interface Grading {
  readonly request: GradeRequest;
  readonly listener: GradeListener;
  readonly outcome: Outcome;
  readonly processes: StageProcesses;
}

/** Where a model file's weights lie until they are graded: beside the results, since they may be large. */
export function scratchOf({ directory }: Pick<GradeRequest, 'directory'>): string {
  return join(directory, '.scratch');
}

/** How a submission comes to its predictions: by a training, or as it is. */
export interface Work {
  readonly plan: ExecutionPlan;
  /** Word ids from this one on are unknown to the model; null leaves ids alone. */
  readonly vocabulary: number | null;
  /** Predictions for the held-out inputs. What there is to tell is in the outcome afterwards. */
  run(brought: Brought): Promise<ArrayFile>;
}

export interface Brought {
  readonly engine: Engine;
  readonly data: PreparedData;
}
