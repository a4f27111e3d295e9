import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataFiles, DataSource, Problem, ProblemCode } from '../contract.ts';
import {
  type Download,
  downloadLine,
  type ResolvedDataset,
  resolveDataset,
} from '../datasets/resolve.ts';
import { GraderError } from '../errors.ts';
import { sweep } from '../files/temporary.ts';
import { Throttle } from '../throttle.ts';
import type { AnyData } from './check-data.ts';
import { checkedData } from './checked-data.ts';
import { prepareKey } from './prepare-key.ts';
import { preparedFolder, readPrepared, removeUnused, writePrepared } from './prepared-folder.ts';
import type { Prepared } from './prepared.ts';

export interface PrepareJob {
  /** Of the problem package. */
  readonly directory: string;
  /** Generated data instead of the data set. */
  readonly sample: boolean;
  readonly sampleSeed: number;
  readonly offline?: boolean;
}

/** What the preparer says while it works, ready to be shown. */
export interface PrepareProgress {
  readonly stage: 'downloading' | 'download-failed' | 'decoding' | 'writing' | 'ready';
  readonly text: string;
}

/** A package with its code, as only the preparer has it. */
export interface LoadedProblem extends Problem {
  readonly code: ProblemCode;
}

/**
 * Splits a problem's data into arrays on disk, or finds them as an earlier run left them.
 * Throws a `GraderError`: `machine` when the data set is missing, `package` when the package fails
 * or returns what its contract does not allow.
 */
export async function prepareProblem(
  problem: LoadedProblem,
  job: PrepareJob,
  onProgress: (progress: PrepareProgress) => void,
): Promise<Prepared> {
  const { definition } = problem;
  const origin = job.sample
    ? sampleOrigin(problem, job)
    : await realOrigin(problem, job, onProgress);
  const key = await prepareKey(problem, {
    hashes: origin.hashes,
    sampleSeed: job.sample ? job.sampleSeed : null,
  });
  const folder = preparedFolder(definition.id, key);
  await sweep(dirname(folder));
  const earlier = await readPrepared(folder);
  if (earlier === 'damaged') onProgress({ stage: 'decoding', text: `${damaged}.` });
  else if (earlier) {
    onProgress({ stage: 'ready', text: 'The data are ready, as an earlier run prepared them' });
    return earlier;
  }
  const tell = seldom((text: string) => onProgress({ stage: 'decoding', text }));
  const data = await checkedData(problem, origin.make, tell);
  const prepared = await writePrepared(folder, {
    definition,
    data,
    source: origin.source,
    onWritten: (array, rows) =>
      onProgress({ stage: 'writing', text: `Wrote ${array}, ${rows} rows` }),
  });
  await removeUnused(folder, definition.id);
  onProgress({ stage: 'ready', text: 'The data are ready' });
  if (earlier === null) return prepared;
  const notes = [...prepared.data.notes, `${damaged} and were made anew.`];
  return { ...prepared, data: { ...prepared.data, notes } };
}

const damaged = 'The prepared data in the cache were damaged';

/** Where the data come from and how the package makes them. */
interface Origin {
  readonly source: DataSource;
  readonly hashes: readonly string[];
  readonly make: () => Promise<AnyData>;
}

function sampleOrigin({ definition, code }: LoadedProblem, { sampleSeed }: PrepareJob): Origin {
  if (!code.sample) {
    throw new GraderError({
      fault: 'usage',
      code: 'no-sample',
      message: `The problem ${definition.id} has no sample data; its real data need no download.`,
      help: 'Leave --sample out.',
    });
  }
  const generate = code.sample.bind(code);
  return {
    source: { dataset: definition.dataset.id, variant: 'sample', sample: true, sampleSeed },
    hashes: [],
    make: () => Promise.resolve().then(() => generate(sampleSeed)),
  };
}

async function realOrigin(
  problem: LoadedProblem,
  job: PrepareJob,
  onProgress: (progress: PrepareProgress) => void,
): Promise<Origin> {
  const { dataset } = problem.definition;
  const resolved = await resolveDataset(problem, {
    offline: job.offline ?? false,
    listener: {
      downloading: seldom((download: Download) =>
        onProgress({ stage: 'downloading', text: downloadLine(download) }),
      ),
      failed: (text) => onProgress({ stage: 'download-failed', text }),
    },
  });
  const variant = dataset.variants.find(({ id }) => id === resolved.variant);
  const files = variant?.files ?? [];
  return {
    source: { dataset: dataset.id, variant: resolved.variant, sample: false },
    hashes: [resolved.variant, ...files.map((file) => file.sha256)],
    make: () => {
      onProgress({ stage: 'decoding', text: `Decoding ${[...resolved.files.keys()].join(', ')}` });
      return problem.code.prepare(dataFiles(resolved, problem.directory));
    },
  };
}

/** Five times a second at most: a chunk of a download is a few kilobytes. */
function seldom<Event>(tell: (event: Event) => void): (event: Event) => void {
  const throttle = new Throttle(200);
  return (event) => {
    if (throttle.isDue()) tell(event);
  };
}

function dataFiles({ variant, files }: ResolvedDataset, directory: string): DataFiles {
  const path = (name: string) => {
    const found = files.get(name);
    if (found === undefined) throw new Error(`problem.json has no file "${name}"`);
    return found;
  };
  return { variant, directory, path, bytes: async (name) => readFile(path(name)) };
}
