// Asks for the file system.
import { readFileSync } from 'node:fs';
import { defineRecipe, layers, sequential, train } from 'grader';

readFileSync('/etc/hostname');

export default defineRecipe({
  model: sequential([layers.embedding({ inputDim: 1000, outputDim: 4, inputLength: 120 })]),
  compile: { optimizer: train.adam(), loss: 'binaryCrossentropy' },
  fit: { epochs: 1 },
});
