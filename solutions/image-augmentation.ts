// Rock, paper, scissors: computer-made hands, and other hands to be judged by.
//
// All pictures of one hand look alike, so a network soon knows the hands instead of the gestures.
// Two remedies: augmentation (each picture is turned, moved and zoomed a little each time it is
// seen), and few pixels: a first pooling throws away detail that does not matter for a gesture.
import { callbacks, defineRecipe, imageDataGenerator, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.averagePooling2d({ poolSize: 5, inputShape: [150, 150, 3] }),
    layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 64, activation: 'relu' }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: {
    epochs: 25,
    batchSize: 32,
    // The validation part has hands that training never shows: the epoch that knows them best.
    callbacks: [callbacks.keepBest({ monitor: 'val_loss' })],
  },
  augmentation: imageDataGenerator({
    rotationRange: 15,
    widthShiftRange: 0.1,
    heightShiftRange: 0.1,
    zoomRange: 0.2,
    horizontalFlip: true,
    fillMode: 'nearest',
  }),
});
