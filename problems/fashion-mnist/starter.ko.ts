import { defineRecipe, layers, sequential, train } from 'grader';

// 픽셀에 층 하나를 얹고 이미지를 두 번만 보여 줍니다. 은닉층이나 합성곱을 더하면 더 많은 것을 봅니다.
export default defineRecipe({
  model: sequential([
    layers.flatten({ inputShape: [28, 28] }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 2, batchSize: 128 },
});
