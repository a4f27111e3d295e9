import { basename } from 'node:path';
import { defaultThreads } from '../engine/process/threads.ts';
import type { Problem } from '../contract.ts';
import type { Language } from '../words/words.ts';
import type { FolderRequest } from './grade-to-folder.ts';
import type { GradeRequest } from './request.ts';

/** What may be asked of a grading; the rest has defaults. */
interface AskedByFolder {
  readonly out?: string;
  readonly profile?: 'strict' | 'exam';
  readonly seed?: number;
  readonly seeds?: number;
  readonly sweep?: boolean;
  readonly sample?: boolean;
  /** Seconds. */
  readonly timeLimit?: number;
  readonly threads?: number;
  readonly device?: 'auto' | 'cpu' | 'gpu';
  readonly libtensorflow?: string;
  readonly retrain?: boolean;
  readonly recipe?: string;
  readonly explain?: boolean;
  readonly tensorboard?: string;
  readonly requireIsolation?: 'jail' | 'interpreter';
  readonly language?: Language;
}

interface Given extends Pick<GradeRequest, 'problem' | 'file' | 'trainers' | 'interrupt' | 'kill'> {
  /** What the report calls the file; without it, its name without folders. */
  readonly name?: string;
  readonly isOneOfMany?: boolean;
  readonly others?: readonly Problem[];
}

/** The whole request, with the defaults that the command line and programs share. */
export function folderRequest(given: Given, asked: AskedByFolder): FolderRequest {
  return {
    ...given,
    name: given.name ?? basename(given.file),
    others: given.others ?? [],
    isOneOfMany: given.isOneOfMany ?? false,
    out: asked.out ?? null,
    tensorboard: asked.tensorboard ?? null,
    requireIsolation: asked.requireIsolation ?? null,
    language: asked.language ?? 'en',
    profile: asked.profile ?? 'strict',
    seed: asked.seed ?? null,
    seeds: asked.seeds ?? 1,
    sweep: asked.sweep ?? false,
    sample: asked.sample ?? false,
    threads: asked.threads ?? defaultThreads(),
    retrain: asked.retrain ?? false,
    recipe: asked.recipe ?? null,
    explain: asked.explain ?? false,
    trainingSeconds: asked.timeLimit ?? given.problem.definition.limits.trainingSeconds,
    engine: { device: asked.device ?? 'auto', libtensorflow: asked.libtensorflow },
  };
}
