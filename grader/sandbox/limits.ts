const mebibyte = 1024 * 1024;

/** What a recipe may use while it is read; training has limits of its own. */
export interface RecipeLimits {
  readonly timeSeconds: number;
  /** Resident memory of the whole process. */
  readonly memoryBytes: number;
  /** JavaScript heap, a part of it. */
  readonly heapBytes: number;
  /** What `console.log` may write. */
  readonly printedBytes: number;
  /** The described recipe as JSON. */
  readonly documentBytes: number;
  readonly sourceBytes: number;
}

export const recipeLimits: RecipeLimits = {
  timeSeconds: 10,
  memoryBytes: 512 * mebibyte,
  heapBytes: 256 * mebibyte,
  printedBytes: mebibyte,
  documentBytes: mebibyte,
  sourceBytes: 256 * 1024,
};
