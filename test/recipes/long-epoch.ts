// One epoch that takes far longer than a second.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'meanSquaredError' },
  fit: { epochs: 1, stepsPerEpoch: 1_000_000, batchSize: 32 },
});
