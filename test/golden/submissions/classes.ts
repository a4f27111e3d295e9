// A loss for classes, where a number is forecast.
import { defineRecipe, layers, sequential } from 'grader';

export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: { optimizer: 'adam', loss: 'categoricalCrossentropy' },
  fit: { epochs: 1 },
});
