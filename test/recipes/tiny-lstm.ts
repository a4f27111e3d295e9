// Everything that draws random numbers, small enough to run in a second or two.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.conv1d({ filters: 4, kernelSize: 3, padding: 'causal', inputShape: [30, 1] }),
    layers.lstm({ units: 4, returnSequences: true }),
    layers.gru({ units: 4, returnSequences: true, dropout: 0.1 }),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: 1 }),
  ]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'huber', metrics: ['mae'] },
  fit: { epochs: 1, batchSize: 512 },
});
