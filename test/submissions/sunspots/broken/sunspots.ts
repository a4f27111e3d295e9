// The loss leaves the numbers at once.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.lstm({ units: 4, inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: { optimizer: train.sgd({ learningRate: 1e38 }), loss: 'meanSquaredError' },
  fit: { epochs: 2 },
});
