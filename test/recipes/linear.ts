// A straight line, in two seconds: between one and three points.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: {
    optimizer: train.adam({ learningRate: 0.5 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 60, batchSize: 64 },
});
