import { defineRecipe, layers, sequential, train } from 'grader';

// 30개월 값의 가중합이며 거의 학습되지 않습니다. 달을 순서대로 읽는 층과 더 나은 옵티마이저를 쓰면
// 나아집니다.
export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [30, 1] }), layers.dense({ units: 1 })]),
  compile: {
    optimizer: train.sgd({ learningRate: 0.003 }),
    loss: 'meanSquaredError',
    metrics: ['mae'],
  },
  fit: { epochs: 15, batchSize: 32 },
});
