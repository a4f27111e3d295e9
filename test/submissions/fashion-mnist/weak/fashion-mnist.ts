// Two hidden units cannot tell ten classes apart.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 2, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
  fit: { epochs: 1, batchSize: 64 },
});
