import { defineRecipe, layers, sequential, train } from 'grader';

// A weighted sum of the thirty months, hardly trained. Layers that read the months in order, and a
// better optimizer, know more.
export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: {
    optimizer: train.sgd({ learningRate: 0.003 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 15, batchSize: 32 },
});
