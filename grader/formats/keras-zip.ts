import type { SubmissionFormat } from './format.ts';
import { isZip } from './magic.ts';
import { openModel } from './model-format.ts';

export const kerasZip: SubmissionFormat = {
  ids: ['keras-zip'],
  extensions: ['.keras'],
  isCode: false,
  matches: ({ head }) => isZip(head),
  open: (file, context) => openModel(file, 'keras-zip', context),
};
