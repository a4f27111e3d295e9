import { defineRecipe, layers, sequential, train } from 'grader';

// A single layer on raw pixels, shown the pictures twice. Hidden layers or convolutions see more.
export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 2, batchSize: 128 },
});
