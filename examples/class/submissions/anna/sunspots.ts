import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.conv1d({
      filters: 8,
      kernelSize: 5,
      padding: 'causal',
      activation: 'relu',
      inputShape: [30, 1],
    }),
    layers.dense({ units: 1 }),
  ]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'huber', metrics: ['mae'] },
  fit: { epochs: 10, batchSize: 64 },
});
