// Rock, paper, scissors: computer-made hands, and other hands to be judged by.
//
// All pictures of one hand look alike, so a network soon knows the hands instead of the gestures.
// Two remedies. Few pixels: pooling by ten leaves 15x15, enough for a gesture and too little for the
// looks of a hand. And augmentation: each picture is turned, moved, sheared, zoomed or mirrored a
// little, each time in another way. The learning rate falls along a cosine, so that the last epochs
// settle down.
import { callbacks, defineRecipe, imageDataGenerator, layers, sequential, train } from 'grader';

const epochs = 20;
const batchSize = 32;
const stepsPerEpoch = Math.ceil(2160 / batchSize);

export default defineRecipe({
  model: sequential([
    layers.averagePooling2d({ poolSize: 10, inputShape: [150, 150, 3] }),
    layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.4 }),
    layers.dense({ units: 64, activation: 'relu' }),
    layers.dropout({ rate: 0.4 }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({
      learningRate: train.cosineDecay({
        initialLearningRate: 0.002,
        decaySteps: epochs * stepsPerEpoch,
      }),
    }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: {
    epochs,
    batchSize,
    // The validation part has hands that training never shows: the epoch that knows them best.
    callbacks: [callbacks.keepBest({ monitor: 'val_loss' })],
  },
  augmentation: imageDataGenerator({
    rotationRange: 20,
    widthShiftRange: 0.1,
    heightShiftRange: 0.1,
    shearRange: 10,
    zoomRange: 0.2,
    horizontalFlip: true,
    fillMode: 'nearest',
  }),
});
