// What the `data.ts` of a problem package may import, as `grader/problem`.
export type {
  DataFiles,
  InputDecoding,
  LazyArray,
  NdArray,
  ProblemCode,
  ProblemData,
  Split,
} from './contract.ts';
export { decodeIdx } from './datasets/idx.ts';
export { imageRows } from './datasets/image-rows.ts';
export { listZip } from './datasets/zip.ts';
export type { ZipEntry } from './zip/zip-entry.ts';
export { deriveSeed, seededRandom, type Random } from './random.ts';
