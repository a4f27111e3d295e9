import { defineRecipe, layers, sequential, train } from 'grader';

// 보폭(strides)이 커서 빠르지만 세부를 보지 못합니다. 합성곱을 더 쌓고 데이터를 증강하면 나아집니다.
export default defineRecipe({
  model: sequential([
    layers.conv2d({
      filters: 8,
      kernelSize: 5,
      strides: 5,
      activation: 'relu',
      inputShape: [150, 150, 3],
    }),
    layers.maxPooling2d({ poolSize: 3 }),
    layers.flatten(),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 3, batchSize: 32 },
});
