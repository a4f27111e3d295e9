// Fashion-MNIST: ten kinds of clothes in 28x28 grey pixels.
//
// Two rounds of convolution and pooling find strokes, then parts of clothes; a dense layer votes.
// Dropout keeps the dense layer from learning single pictures by heart, the learning rate falls
// along a cosine, and the epoch that does best on the validation part is the one handed in.
import { callbacks, defineRecipe, layers, sequential, train } from 'grader';

const epochs = 8;
const batchSize = 128;
const stepsPerEpoch = Math.ceil(50_000 / batchSize);

export default defineRecipe({
  model: sequential([
    layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dense({ units: 128, activation: 'relu' }),
    layers.dropout({ rate: 0.4 }),
    layers.dense({ units: 10, activation: 'softmax' }),
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
    callbacks: [callbacks.keepBest({ monitor: 'val_accuracy' })],
  },
});
