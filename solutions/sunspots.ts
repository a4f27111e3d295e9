// Sunspots: the next month from the thirty before it.
//
// A causal convolution smooths the noisy months without looking ahead, two LSTM layers follow the
// eleven-year cycle. The model answers at every step of the window ([30, 1] targets), which gives
// it thirty times as much to learn from as the last step alone, which is what is scored.
import { callbacks, defineRecipe, layers, losses, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([
    layers.conv1d({
      filters: 32,
      kernelSize: 5,
      padding: 'causal',
      activation: 'relu',
      inputShape: [30, 1],
    }),
    layers.lstm({ units: 32, returnSequences: true }),
    layers.lstm({ units: 32, returnSequences: true }),
    layers.dense({ units: 16, activation: 'relu' }),
    layers.dense({ units: 1 }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.002 }),
    // Less moved by single wild months than the squared error.
    loss: losses.huber(),
    metrics: ['mae'],
  },
  fit: {
    epochs: 40,
    batchSize: 64,
    callbacks: [
      callbacks.keepBest({ monitor: 'val_mae' }),
      callbacks.reduceLROnPlateau({ monitor: 'val_mae', factor: 0.5, patience: 6 }),
    ],
  },
});
