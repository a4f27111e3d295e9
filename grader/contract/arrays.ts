export type Dtype = 'float32' | 'int32' | 'uint8';

/** A dense array in memory, row-major. */
export interface NdArray {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** An array that is made in blocks of whole rows, so that it need not fit in memory. */
export interface LazyArray {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** From the first row to the last; each call starts again. */
  blocks(): AsyncIterable<NdArray['data']>;
}

/** The same array as a file: raw little-endian values, row-major, no header. */
export interface ArrayFile {
  readonly path: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}
