export { checkIsFile, findFormat } from './find-format.ts';
export { formats } from './formats.ts';
export { formatTitles } from './format.ts';
export { openSubmission } from './open-submission.ts';
export type { SubmissionOptions } from './open-submission.ts';
export type { FormatId, OpenContext, SubmissionFormat } from './format.ts';
