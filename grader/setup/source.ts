import { GraderError } from '../errors.ts';
import { fileSize } from '../text/bytes.ts';
import { Throttle } from '../throttle.ts';
import type { EngineSource, SetupEvent, SetupListener } from './engine.ts';
import { findLibrary, type Library } from './find-library.ts';

/** A place that TensorFlow's library may come from. */
export interface Source {
  readonly kind: Exclude<EngineSource, 'cache'>;
  /** For messages: "the TensorFlow 2.21.0 wheel (tensorflow-cpu) by pip". */
  readonly name: string;
  /** Folder name in the cache. */
  readonly key: string;
  readonly gpu: boolean;
  /** True where nothing is fetched. */
  readonly isLocal: boolean;
  /** Brings library and headers, below `work.directory` or where they already lie. */
  provide(work: SourceWork): Promise<Library>;
}

export interface SourceWork {
  /** What becomes the engine. */
  readonly directory: string;
  /** For downloads; gone afterwards. */
  readonly scratch: string;
  readonly listener: SetupListener;
  readonly signal?: AbortSignal | undefined;
  /** Called where TensorFlow's headers lie and the library is still to come. */
  readonly onHeaders: (headers: string) => void;
}

/** Tells the listener when a stage begins, how far it is and, at its end, how long it took. */
export async function runStage<Result>(
  stage: {
    readonly id: SetupEvent['stage'];
    /** "fetching", "fetched". */
    readonly verbs: readonly [string, string];
    readonly title: string;
    /** Bytes in all, where known. */
    readonly total?: number | undefined;
  },
  listener: SetupListener,
  work: (onProgress: (done: number) => void) => Promise<Result>,
): Promise<Result> {
  const size = stage.total === undefined ? '' : ` (${fileSize(stage.total)})`;
  const [doing, did] = stage.verbs;
  const text = `Engine: ${doing} ${stage.title}${size}`;
  const total = stage.total === undefined ? {} : { total: stage.total };
  const started = performance.now();
  const throttle = new Throttle(200);
  listener({ stage: stage.id, text });
  const result = await work((done) => {
    if (!throttle.isDue()) return;
    listener({ stage: stage.id, text: `${text} ${fileSize(done)}`, done, ...total });
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ended = `Engine: ${did} ${stage.title}${size} in ${seconds} s`;
  listener({ stage: stage.id, text: ended, finished: true });
  return result;
}

/** The library that was just unpacked. Throws a `GraderError` that names what is missing. */
export function requireLibrary(directory: string): Library {
  const library = findLibrary(directory);
  if (typeof library !== 'string') return library;
  throw new GraderError({ fault: 'machine', code: 'engine-unpack-failed', message: library });
}
