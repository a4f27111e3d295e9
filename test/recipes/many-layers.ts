import { defineRecipe, layers, sequential, train } from 'grader';

/** Layers and options that TensorFlow.js lacks or means otherwise. */
export default defineRecipe({
  model: sequential([
    layers.dense({ units: 8, activation: 'hardSigmoid', inputShape: [9] }),
    layers.normalization({ mean: [1, 2, 3, 4, 5, 6, 7, 8], variance: [1, 1, 1, 1, 1, 1, 1, 4] }),
    layers.reshape({ targetShape: [8, 1] }),
    layers.conv1d({ filters: 4, kernelSize: 2, padding: 'causal', activation: 'leakyRelu' }),
    layers.separableConv1d({ filters: 4, kernelSize: 3 }),
    layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }) }),
    layers.unitNormalization(),
    layers.globalAveragePooling1d({ keepdims: true }),
    layers.flatten(),
    layers.rescaling({ scale: 2, offset: 1 }),
    layers.reLU({ negativeSlope: 0.1, threshold: 0.2, maxValue: 6 }),
    layers.layerNormalization(),
    layers.dense({ units: 1 }),
  ]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'mse' },
  fit: { epochs: 5 },
});
