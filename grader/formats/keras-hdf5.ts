import type { SubmissionFormat } from './format.ts';
import { isHdf5 } from './magic.ts';
import { openModel } from './model-format.ts';

export const kerasHdf5: SubmissionFormat = {
  ids: ['keras-hdf5'],
  extensions: ['.h5', '.hdf5'],
  isCode: false,
  matches: ({ head }) => isHdf5(head),
  open: (file, context) => openModel(file, 'keras-hdf5', context),
};
