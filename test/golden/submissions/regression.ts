// A straight line that keeps its best epoch: three points, which are within one standard error.
import { callbacks, defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: {
    optimizer: train.adam({ learningRate: 0.3 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: {
    epochs: 60,
    batchSize: 16,
    callbacks: [callbacks.keepBest({ monitor: 'val_loss' })],
  },
});
