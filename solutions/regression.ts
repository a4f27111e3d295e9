// Auto MPG: how far does a car of the 1970s go on a gallon? 196 cars to learn from.
//
// Two hidden layers are plenty for nine features. With so few examples the question is when to
// stop: early stopping watches the validation part and puts the best weights back at the end.
import { callbacks, defineRecipe, layers, regularizers, sequential, train } from 'grader';

// A small penalty on large weights makes the outcome depend less on the seed.
const penalty = regularizers.l2({ l2: 0.01 });

export default defineRecipe({
  model: sequential([
    layers.dense({ units: 64, activation: 'relu', kernelRegularizer: penalty, inputShape: [9] }),
    layers.dense({ units: 64, activation: 'relu', kernelRegularizer: penalty }),
    layers.dense({ units: 1 }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.002 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: {
    epochs: 300,
    batchSize: 32,
    callbacks: [
      callbacks.earlyStopping({ monitor: 'val_loss', patience: 60, restoreBestWeights: true }),
    ],
  },
});
