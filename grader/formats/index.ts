export { formats } from './formats.ts';
export { checkIsFile, openSubmission } from './open-submission.ts';
export type { OpenContext, SubmissionFormat } from './format.ts';
