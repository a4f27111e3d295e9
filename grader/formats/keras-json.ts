import type { SubmissionFormat } from './format.ts';
import { openModel } from './model-format.ts';

export const kerasJson: SubmissionFormat = {
  id: 'keras-json',
  title: 'Architecture of a Keras model, trained by a recipe',
  extensions: ['.json'],
  isCode: false,
  matches: ({ keys }) => keys?.includes('class_name') ?? false,
  open: (file, context) => openModel(file, 'keras-json', context),
};
