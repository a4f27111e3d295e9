// Linear, by a schedule: two points.
import { callbacks, defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.002 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: {
    epochs: 6,
    batchSize: 128,
    callbacks: [callbacks.learningRateScheduler((epoch) => (epoch < 4 ? 0.002 : 0.0004))],
  },
});
