// The convolution gets a flat vector.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [150, 150, 3] }),
    layers.conv2d({ filters: 8, kernelSize: 3 }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: { optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' },
  fit: { epochs: 1 },
});
