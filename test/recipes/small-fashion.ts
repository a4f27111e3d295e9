// One hidden layer, two passes over the 50,000 pictures.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 32, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.003 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 2, batchSize: 256 },
});
