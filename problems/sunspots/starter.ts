import { defineRecipe, layers, sequential, train } from 'grader';

// Every month alone predicts the next one. A layer that looks back over the window knows more.
export default defineRecipe({
  model: sequential([
    layers.dense({ units: 8, activation: 'relu', inputShape: [30, 1] }),
    layers.dense({ units: 1 }),
  ]),
  compile: {
    optimizer: train.sgd({ learningRate: 0.01 }),
    loss: 'meanAbsoluteError',
    metrics: ['mae'],
  },
  fit: { epochs: 5, batchSize: 32 },
});
