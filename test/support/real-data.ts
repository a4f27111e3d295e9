import type { test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFiles, Problem, ProblemData } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { LoadedProblem } from '../../grader/prepare/prepare.ts';
import { inMemory } from './in-memory.ts';
import { testWith } from './needs.ts';

/** The mirror directory with the real data sets, or null where there is none. */
export const mirror = findMirror();

/** `test` where the data set is in the mirror; else the test is skipped. */
export function realTest(dataset: string): typeof test.skip {
  return testWith(`${dataset} in EXAM_DATA_MIRROR or ../shared/datasets`, hasData(dataset));
}

/** Whether a data set is in the mirror; one that has no name is in its package. */
export function hasData(dataset: string | undefined): boolean {
  return dataset === undefined || (mirror !== null && existsSync(join(mirror, dataset)));
}

const prepared = new Map<string, Promise<ProblemData>>();

/** What the package makes of its real data; made once a test file unless it must be fresh. */
export function prepareReal(problem: LoadedProblem, { fresh = false } = {}): Promise<ProblemData> {
  const { dataset } = problem.definition;
  const earlier = fresh ? undefined : prepared.get(dataset.id);
  const made = earlier ?? problem.code.prepare(filesIn(folderOf(problem), problem)).then(inMemory);
  if (!fresh) prepared.set(dataset.id, made);
  return made;
}

/** A package's own files, or the mirror's copies. */
function folderOf(problem: Problem): string {
  const { dataset } = problem.definition;
  if (dataset.bundled) return join(problem.directory, 'data');
  return join(mirror ?? '', dataset.id);
}

function filesIn(folder: string, problem: Problem): DataFiles {
  const variant = problem.definition.dataset.variants.at(-1)?.id ?? '';
  const path = (name: string) => join(folder, name);
  return { variant, directory: problem.directory, path, bytes: (name) => readFile(path(name)) };
}

function findMirror(): string | null {
  const given = process.env['EXAM_DATA_MIRROR'];
  const places = [given, join(packageRoot, '../shared/datasets')];
  return (
    places.find((place) => place && existsSync(place) && readdirSync(place).length > 0) ?? null
  );
}
