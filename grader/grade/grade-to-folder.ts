import { join } from 'node:path';
import type { GradeReport, Problem } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { checkIsFile } from '../formats/find-format.ts';
import { findLastAttempt } from '../history/last-attempt.ts';
import { openLog } from '../results/log-file.ts';
import { resultDirectory } from '../results/result-directory.ts';
import { loadReport, writeResults } from '../results/write-results.ts';
import { requireJail } from '../sandbox/isolation.ts';
import type { Language } from '../words/words.ts';
import { grade } from './grade.ts';
import { joinListeners } from './listeners.ts';
import type { GradeListener } from './listener.ts';
import type { GradeRequest } from './request.ts';
import { runLog } from './run-log.ts';

export interface FolderRequest extends Omit<GradeRequest, 'directory' | 'earlier'> {
  /** The result folder; null makes a new one in `results/`. */
  readonly out: string | null;
  /** Where event files of TensorBoard go; null writes none. */
  readonly tensorboard: string | null;
  /** Less than that is refused; null takes what there is. */
  readonly requireIsolation: 'jail' | 'interpreter' | null;
  /** Of the page; `report.json` is English. */
  readonly language: Language;
}

export interface Graded {
  readonly report: GradeReport;
  readonly directory: string;
}

/**
 * Grades one file and writes its result folder, which it holds meanwhile: report, model, predictions
 * and log. Throws with fault `usage` where nothing can be graded as asked, and `machine` where the
 * folder, or that of TensorBoard, cannot be written or the isolation is too low; everything else stands in the report.
 */
export async function gradeToFolder(
  request: FolderRequest,
  listeners: readonly GradeListener[],
): Promise<Graded> {
  const { problem, file, name, recipe, out } = request;
  checkProfile(problem, request.profile);
  if (request.requireIsolation === 'jail') await requireJail();
  await checkIsFile(file);
  if (recipe !== null) await checkIsFile(recipe);
  const board = request.tensorboard === null ? null : await openBoard(request.tensorboard);
  // Before its folder is cleared for this one.
  const earlier = await findLastAttempt({ ...request, problem: problem.definition, out });
  const { path, giveBack } = await resultDirectory(
    { problemId: problem.definition.id, file, name },
    out ?? undefined,
  );
  const all = board ? [...listeners, board.listenerFor(path)] : listeners;
  try {
    return {
      report: await gradeInto({ ...request, directory: path, earlier }, all),
      directory: path,
    };
  } finally {
    await giveBack();
  }
}

async function gradeInto(
  request: FolderRequest & GradeRequest,
  listeners: readonly GradeListener[],
): Promise<GradeReport> {
  const { directory } = request;
  const log = await openLog(join(directory, 'log.txt'));
  const run = runLog(log.line);
  const joined = joinListeners([...listeners, run.listener, preloading]);
  const graded = await grade(request, joined);
  // What fails in the last event is noted as well.
  joined.onEnd(graded);
  const report = { ...graded, notes: [...graded.notes, ...joined.failures] };
  // The report says that the folder is whole: the log ends before it is written.
  run.end(report);
  await log.end();
  await writeResults(directory, report, request.language);
  return report;
}

/** What encodes events takes a while to load, and few ask for it. */
async function openBoard(folder: string) {
  return (await import('../tensorboard/board.ts')).openBoard(folder);
}

/** The charting library takes long to load; while a model trains or predicts there is time. */
const preloading: GradeListener = {
  onStage(stage) {
    if (stage === 'training' || stage === 'predicting') void loadReport().catch(() => undefined);
  },
};

export function checkProfile({ definition: { id, profiles } }: Problem, asked: string): void {
  if (Object.hasOwn(profiles, asked)) return;
  throw new GraderError({
    fault: 'usage',
    code: 'no-profile',
    message: `${id} has no profile "${asked}". Profiles: ${Object.keys(profiles).join(', ')}.`,
  });
}
