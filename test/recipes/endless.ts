// Trains for as long as it is allowed to.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'meanSquaredError' },
  fit: { epochs: 10_000, batchSize: 32 },
});
