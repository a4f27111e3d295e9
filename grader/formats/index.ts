export { checkIsFile, findFormat } from './find-format.ts';
export { formats } from './formats.ts';
export { openSubmission } from './open-submission.ts';
export type { OpenOptions } from './open-submission.ts';
export type { OpenContext, SubmissionFormat } from './format.ts';
