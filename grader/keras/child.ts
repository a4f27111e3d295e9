import { setFlagsFromString } from 'node:v8';
import { serve } from '../process/serve.ts';
import type { ReadAnswer } from './answer.ts';
import type { ContainerFormat } from './container.ts';
import { readerLimits } from './limits.ts';

/** What the reader's process is asked. */
export interface ReadJob {
  readonly path: string;
  readonly format: ContainerFormat;
  readonly scratch: string;
}

const pageBytes = 64 * 1024;
const secondsBetweenSigns = 0.1;

// Takes effect on memory that is made from here on, so before the HDF5 library is loaded.
setFlagsFromString(`--wasm-max-mem-pages=${readerLimits.libraryBytes / pageBytes}`);

const load = () =>
  Promise.all([import('./containers/open-container.ts'), import('./read-model.ts')]);
const loaded = load();

async function read(job: ReadJob, report: (progress: unknown) => void): Promise<ReadAnswer> {
  const [{ openContainer }, { readModel }] = await loaded;
  report('ready');
  const { path, format, scratch } = job;
  const container = await openContainer(path, format, { scratch, onProgress: seldom(report) });
  try {
    return readModel(container, scratch);
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
