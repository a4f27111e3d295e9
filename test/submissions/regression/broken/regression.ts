// Ten features where the problem has nine.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [10] })]),
  compile: { optimizer: 'sgd', loss: 'meanSquaredError' },
  fit: { epochs: 1 },
});
