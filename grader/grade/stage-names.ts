import type { GradeStage } from './listener.ts';

/** What a grading does in each stage, in words. */
export const stageNames: Record<GradeStage, string> = {
  submission: 'Reading the submission',
  data: 'Preparing the data',
  engine: 'Looking for TensorFlow',
  training: 'Starting TensorFlow',
  predicting: 'Starting TensorFlow',
  scoring: 'Scoring',
  explaining: 'Asking what the model looked at',
};
