import { defineRecipe, layers, sequential, train } from 'grader';

// The average of learned word vectors; three epochs are too few for it. Order is lost altogether.
export default defineRecipe({
  model: sequential([
    layers.embedding({ inputDim: 1000, outputDim: 16, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1, activation: 'sigmoid' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'binaryCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 3, batchSize: 32 },
  vocabulary: 1000,
});
