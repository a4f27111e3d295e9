// One neuron, one epoch.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: train.sgd({ learningRate: 0.001 }), loss: 'meanSquaredError' },
  fit: { epochs: 1 },
});
