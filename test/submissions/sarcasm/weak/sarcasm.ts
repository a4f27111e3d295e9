// Learns nothing: the learning rate is next to zero.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.embedding({ inputDim: 1000, outputDim: 4, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1, activation: 'sigmoid' }),
  ]),
  compile: {
    optimizer: train.sgd({ learningRate: 1e-9 }),
    loss: 'binaryCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 1 },
});
