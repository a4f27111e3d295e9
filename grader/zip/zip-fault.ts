/** What is wrong with an archive: `damaged`, larger than a bound, or something that no honest one has. */
export type ZipFaultKind =
  | 'damaged'
  | 'duplicate'
  | 'overlap'
  | 'name'
  | 'link'
  | 'encrypted'
  | 'method'
  | 'too-many'
  | 'too-large'
  | 'long-name'
  | 'ratio';

/** A fault of an archive; whoever opened it knows whose that is. The message completes "<file>: …". */
export class ZipFault extends Error {
  readonly kind: ZipFaultKind;

  constructor(kind: ZipFaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ZipFault';
    this.kind = kind;
  }
}

/** What a library says of an error. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
