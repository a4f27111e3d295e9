const mebibyte = 1024 * 1024;

/** What a recipe may use while it is read; training has limits of its own. */
export interface RecipeLimits {
  /** From its process's start, by the wall. */
  readonly timeSeconds: number;
  /** Of the interpreter that runs it. */
  readonly memoryBytes: number;
  /** What `console.log` may write. */
  readonly printedBytes: number;
  /** The described recipe as JSON. */
  readonly documentBytes: number;
  readonly sourceBytes: number;
}

export const recipeLimits: RecipeLimits = {
  timeSeconds: 10,
  memoryBytes: 128 * mebibyte,
  printedBytes: mebibyte,
  documentBytes: mebibyte,
  sourceBytes: 256 * 1024,
};

/** Of the process around the interpreter: Node with WebAssembly's code, on Node 24 the most. */
export const recipeProcess = {
  heapBytes: 192 * mebibyte,
  dataBytes: 1024 * mebibyte,
  fileBytes: mebibyte,
} as const;
