import { defineRecipe, layers, sequential, train } from 'grader';

// 유닛 하나는 선형 회귀입니다. 은닉층이 있는 신경망이라면 무엇을 더 배울 수 있을까요?
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: {
    optimizer: train.adam({ learningRate: 0.1 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 60, batchSize: 32 },
});
