import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArrayFile, GradeReport, LastAttempt } from '../contract.ts';
import { recipeChanges } from '../history/recipe-changes.ts';
import { type Grading, scratchOf } from './grading.ts';

/** What the last attempt predicted, as a file for the scorer; null where the rows were others. */
export async function earlierPredictions({ request, outcome }: Grading): Promise<ArrayFile | null> {
  const { attempt, predictions } = request.earlier ?? {};
  const isSameData = JSON.stringify(attempt?.data) === JSON.stringify(outcome.data);
  if (!predictions || !isSameData) return null;
  const { bytes, ...array } = predictions;
  const folder = scratchOf(request);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'earlier.f32');
  await writeFile(path, bytes);
  return { ...array, path };
}

/** The report's word on the last attempt, where there is one and this one is scored. */
export function lastAttemptOf(
  earlier: Grading['request']['earlier'],
  now: Pick<GradeReport, 'score' | 'recipe' | 'training' | 'evaluation'>,
): { readonly lastAttempt?: LastAttempt } {
  if (earlier === null || now.score === null) return {};
  const { folder, attempt } = earlier;
  return {
    lastAttempt: {
      folder,
      startedAt: attempt.startedAt,
      points: attempt.points,
      value: attempt.score.value,
      seed: attempt.environment.seed,
      changes: recipeChanges(attempt, now),
    },
  };
}
