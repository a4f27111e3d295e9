/** A file as it is told apart: its name and its first bytes. */
export interface FileStart {
  readonly name: string;
  /** At most 4096 bytes. */
  readonly head: Uint8Array;
}

export interface SubmissionFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface OpenContext {
  readonly signal?: AbortSignal | undefined;
  /** What the candidate's code prints, line by line. */
  readonly log?: ((line: string) => void) | undefined;
}

export interface OpenedDocument {
  /** A recipe as plain data, to be normalised. */
  readonly document: unknown;
  readonly notes: readonly string[];
}

/** One kind of file that a candidate may hand in. */
export interface SubmissionFormat {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  matches(start: FileStart): boolean;
  /** Throws a `GraderError` with fault `candidate` or `limit`. */
  open(file: SubmissionFile, context: OpenContext): Promise<OpenedDocument>;
}
