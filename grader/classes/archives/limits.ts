import type { ArchiveLimits } from './archive-job.ts';

const mebibyte = 2 ** 20;

const ofEach = {
  /** As large as a model file may be. */
  memberBytes: 512 * mebibyte,
  /** Text comes to 10, weights to 1.2, those of layers that were never trained to some 100. */
  ratio: 200,
  nameLength: 1024,
} as const;

/** Of one candidate's archive. */
export const submissionLimits: ArchiveLimits = {
  ...ofEach,
  members: 2000,
  totalBytes: 1024 * mebibyte,
};

/** Of a platform's download: a class of 1,000 and its files. */
export const downloadLimits: ArchiveLimits = {
  ...ofEach,
  members: 20_000,
  totalBytes: 32 * 1024 * mebibyte,
};

/** Of the process that opens one. */
export const openerLimits = {
  heapBytes: 256 * mebibyte,
  dataBytes: 1536 * mebibyte,
  /** For each gibibyte of the archive, and at least. */
  secondsPerGibibyte: 60,
  leastSeconds: 60,
} as const;
