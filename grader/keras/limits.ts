const mebibyte = 1024 * 1024;

/** What a model file may ask of the reader. Counted from what a file declares, before it is read. */
export const modelFileLimits = {
  /** Of all files together. */
  fileBytes: 512 * mebibyte,
  configBytes: 4 * mebibyte,
  /** All arrays together as float32. */
  weightBytes: 512 * mebibyte,
  arrays: 20_000,
  /** Groups and arrays of an HDF5 file. */
  objects: 20_000,
  /** Groups within groups; a model within a model takes two. */
  depth: 24,
  dimensions: 8,
  nameLength: 1024,
  attributes: 64,
  /** All attributes of a file that are read, together. */
  attributeBytes: 16 * mebibyte,
  chunkBytes: 32 * mebibyte,
  /** Of all arrays together; each is found, read and unpacked by itself. */
  chunks: 100_000,
  /** Chunks beside each other along all axes but the first: they are read together. */
  slabBytes: 96 * mebibyte,
  /** Deflated text or zeros come to 1000; weights to 1.2. */
  compressionRatio: 200,
  zipEntries: 4096,
  shards: 512,
} as const;

/** What the process that reads a model file may use. */
export const readerLimits = {
  /** Without a sign of progress. */
  silentSeconds: 1.25,
  /** Until the process is up, which depends on the machine only. */
  startSeconds: 15,
  totalSeconds: 60,
  memoryBytes: 512 * mebibyte,
  /** Private writable memory of all kinds; Node 24 alone takes 640 MiB. */
  dataBytes: 1536 * mebibyte,
  heapBytes: 192 * mebibyte,
  /** The HDF5 library's own memory. */
  libraryBytes: 256 * mebibyte,
} as const;
