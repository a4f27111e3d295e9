import { defineRecipe, layers, sequential, train } from 'grader';

// One unit is linear regression. What could a network with hidden layers learn on top?
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: {
    optimizer: train.adam({ learningRate: 0.1 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 60, batchSize: 32 },
});
