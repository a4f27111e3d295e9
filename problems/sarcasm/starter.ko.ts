import { defineRecipe, layers, sequential, train } from 'grader';

// 학습한 단어 벡터의 평균을 냅니다. 3에포크는 너무 적고, 단어의 순서는 모두 사라집니다.
export default defineRecipe({
  model: sequential([
    layers.embedding({ inputDim: 1000, outputDim: 16, inputLength: 120 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1, activation: 'sigmoid' }),
  ]),
  compile: {
    optimizer: train.adam({ learningRate: 0.001 }),
    loss: 'binaryCrossentropy',
    metrics: ['accuracy'],
  },
  fit: { epochs: 3, batchSize: 32 },
  vocabulary: 1000,
});
