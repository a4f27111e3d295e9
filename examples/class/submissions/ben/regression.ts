import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.dense({ units: 16, activation: 'relu', inputShape: [9] }),
    layers.dense({ units: 1 }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.01 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 60, batchSize: 32 },
});
