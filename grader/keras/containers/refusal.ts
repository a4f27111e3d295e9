import { GraderError, within } from '../../errors.ts';
import { clean } from '../../text/show.ts';

/** Makes the refusals of one file: every message begins with its base name. */
export class Refusals {
  readonly name: string;

  constructor(name: string) {
    this.name = clean(name, 80);
  }

  /** Does some work; what fails in it is told with the file and the place in it. */
  at<Result>(place: string, work: () => Result): Result {
    return within(`${this.name}: ${place}`, work);
  }

  /** The bytes are not what the format prescribes. */
  damaged(what: string, cause?: unknown): GraderError {
    return this.candidate('model-file-damaged', what, {
      help: 'Save the model again with model.save and check that the upload or copy is complete.',
      cause,
    });
  }

  candidate(code: string, what: string, { help, cause }: RefusalDetails = {}): GraderError {
    const message = `${this.name}: ${what}`;
    return new GraderError(
      { fault: 'candidate', code, message, ...(help === undefined ? {} : { help }) },
      { cause },
    );
  }

  limit(code: string, what: string, help?: string): GraderError {
    const message = `${this.name}: ${what}`;
    return new GraderError({
      fault: 'limit',
      code,
      message,
      ...(help === undefined ? {} : { help }),
    });
  }
}

interface RefusalDetails {
  readonly help?: string;
  readonly cause?: unknown;
}

/** What a library says of an error, in one line. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // HDF5 prints a stack, the innermost call last: `#005: H5Z.c line 12 in H5Z_pipeline(): text`.
  const innermost = [...message.matchAll(/ in \w+\(\): ([^\n]+)/g)].at(-1)?.[1];
  return clean(innermost ?? message, 200);
}
