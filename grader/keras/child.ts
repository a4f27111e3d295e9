import { basename } from 'node:path';
import { serve } from '../process/serve.ts';
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

const secondsBetweenSigns = 0.1;

const load = () =>
  Promise.all([
    import('./containers/open-container.ts'),
    import('./read-model.ts'),
    import('./containers/json-file.ts'),
  ]);
const loaded = load();

async function read(job: ReadJob, report: (progress: unknown) => void): Promise<ReadAnswer> {
  const [{ openContainer }, { readModel }, { jsonFormatOf, readRecipeJson }] = await loaded;
  report('ready');
  const { path, scratch } = job;
  const refusals = new Refusals(basename(path));
  const format = job.format === 'json' ? jsonFormatOf(path, refusals) : job.format;
  if (format === 'recipe-json') {
    return { kind: 'recipe', document: await readRecipeJson(path, refusals) };
  }
  const container = await openContainer(path, format, { scratch, onProgress: seldom(report) });
  try {
    return { kind: 'model', format, ...readModel(container, scratch) };
  } finally {
    container.close();
  }
}

/** Passes a sign of progress on ten times a second at most: there may be one for every array. */
function seldom(report: (progress: unknown) => void): () => void {
  let last = 0;
  return () => {
    const now = performance.now() / 1000;
    if (now - last < secondsBetweenSigns) return;
    last = now;
    report('reading');
  };
}

serve(
  (job, report) => read(job as ReadJob, report),
  () => loaded,
);
