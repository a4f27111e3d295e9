import { GraderError } from '../../errors.ts';
import { clean } from '../../text/show.ts';
import type { Hdf5Library } from './hdf5-library.ts';
import { reasonOf, type Refusals } from './refusal.ts';

/** An open file of the HDF5 library, asked in a way that every failure becomes a refusal. */
export class Hdf5Reader {
  readonly refusals: Refusals;
  readonly onProgress: () => void;
  /** Bytes of attributes read so far. */
  attributeBytes = 0;
  /** Chunks of the arrays seen so far. */
  chunks = 0;
  private readonly library: Hdf5Library;

  constructor(
    library: Hdf5Library,
    setting: { readonly refusals: Refusals; readonly onProgress: () => void },
  ) {
    this.library = library;
    this.refusals = setting.refusals;
    this.onProgress = setting.onProgress;
  }

  /** Asks the library about the object at a path; a status below zero is a failure as well. */
  ask<Answer>(
    path: string,
    question: (module: Hdf5Library['module'], file: bigint) => Answer,
  ): Answer {
    const answer = this.attempt(path, question);
    this.checkForeign(path, undefined);
    if (typeof answer === 'number' && answer < 0) throw this.unreadable(path, 'no reason given');
    return answer;
  }

  private attempt<Answer>(
    path: string,
    question: (module: Hdf5Library['module'], file: bigint) => Answer,
  ): Answer {
    try {
      return question(this.library.module, this.library.file);
    } catch (cause) {
      if (cause instanceof GraderError) throw cause;
      this.checkForeign(path, cause);
      throw this.unreadable(path, reasonOf(cause), cause);
    }
  }

  private checkForeign(path: string, cause: unknown): void {
    const foreign = this.library.foreignFile();
    if (foreign === null) return;
    throw this.refusals.candidate(
      'hdf5-external',
      `${clean(path, 120)} lies in another file, "${clean(foreign, 120)}".`,
      { help: 'A model must lie in one file. Save it again with model.save.', cause },
    );
  }

  private unreadable(path: string, reason: string, cause?: unknown): GraderError {
    const what = `${clean(path, 120)} cannot be read (${reason}).`;
    // HDF5's words where its memory, which is bounded, does not suffice for what the file declares.
    const isMemory = /memory allocation|no space available|H5MM_|no memory/i.test(reason);
    return isMemory ? this.refusals.limit('hdf5-memory', what) : this.refusals.damaged(what, cause);
  }
}
