// Auto MPG: how far does a car of the 1970s go on a gallon? 196 cars to learn from.
//
// Two hidden layers are plenty for nine features. With so few examples the danger is learning them
// by heart: large weights cost (L2), and early stopping puts the weights back that did best on the
// validation part.
import { callbacks, defineRecipe, layers, regularizers, sequential, train } from 'grader';

const penalty = regularizers.l2({ l2: 0.05 });

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
