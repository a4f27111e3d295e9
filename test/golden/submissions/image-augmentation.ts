// Few features of pictures that are turned and moved.
import { defineRecipe, imageDataGenerator, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.averagePooling2d({ poolSize: 5, inputShape: [150, 150, 3] }),
    layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }),
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
  augmentation: imageDataGenerator({
    rotationRange: 20,
    widthShiftRange: 0.1,
    horizontalFlip: true,
  }),
});
