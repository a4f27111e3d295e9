// An autoregression over thirty months: five points.
import { callbacks, defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: {
    optimizer: train.adam({ learningRate: 0.003 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: {
    epochs: 40,
    batchSize: 32,
    callbacks: [callbacks.keepBest({ monitor: 'val_loss' })],
  },
});
