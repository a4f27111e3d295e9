import { basename } from 'node:path';
import { serve } from '../process/serve.ts';
import { Throttle } from '../throttle.ts';
import type { ReadAnswer } from './answer.ts';
import type { ContainerFormat } from './container.ts';
import { Refusals } from './containers/refusal.ts';

/** What the reader's process is asked. */
export interface ReadJob {
  readonly path: string;
  /** Files beside it that may hold its weights. */
  readonly parts: readonly string[];
  /** `json`: which of those that are JSON, the reader finds out. */
  readonly format: ContainerFormat | 'json';
  readonly scratch: string;
}

const load = () =>
  Promise.all([
    import('./containers/open-container.ts'),
    import('./read-model.ts'),
    import('./containers/json-file.ts'),
  ]);
const loaded = load();

async function read(job: ReadJob, tell: (progress: unknown) => void): Promise<ReadAnswer> {
  const [{ openContainer }, { readContainer }, { jsonFormatOf, readRecipeJson }] = await loaded;
  tell('ready');
  const { path, scratch } = job;
  const refusals = new Refusals(basename(path));
  const format = job.format === 'json' ? jsonFormatOf(path, refusals) : job.format;
  if (format === 'recipe-json') {
    return { kind: 'recipe', document: await readRecipeJson(path, refusals) };
  }
  // There may be a sign of progress for every array.
  const throttle = new Throttle(100);
  const onProgress = () => {
    if (throttle.isDue()) tell('reading');
  };
  const container = await openContainer(path, format, { scratch, onProgress });
  try {
    return { kind: 'model', format, ...readContainer(container, scratch) };
  } finally {
    container.close();
  }
}

serve(
  (job, tell) => read(job as ReadJob, tell),
  () => loaded,
);
