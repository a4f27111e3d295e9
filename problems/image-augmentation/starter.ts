import { defineRecipe, layers, sequential, train } from 'grader';

// Large strides make it quick and blind to detail. More convolutions and augmentation help.
export default defineRecipe({
  model: sequential([
    layers.conv2d({
      filters: 8,
      kernelSize: 5,
      strides: 5,
      activation: 'relu',
      inputShape: [150, 150, 3],
    }),
    layers.maxPooling2d({ poolSize: 3 }),
    layers.flatten(),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 3, batchSize: 32 },
});
