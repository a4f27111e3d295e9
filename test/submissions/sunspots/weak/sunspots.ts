// Barely trained: worse than saying last month again.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: { optimizer: train.sgd({ learningRate: 0.001 }), loss: 'meanSquaredError' },
  fit: { epochs: 1 },
});
