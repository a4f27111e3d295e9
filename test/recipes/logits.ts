// Two logits for a yes-or-no question.
import { defineRecipe, layers, losses, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.embedding({ inputDim: 1000, outputDim: 8, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 2 }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.05 }),
    loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }),
    metrics: ['accuracy'],
  },
  fit: { epochs: 5, batchSize: 64 },
});
