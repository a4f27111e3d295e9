import { expect, test } from '@jest/globals';
import { withJosa } from '../../grader/words/with-josa.ts';

// As Korean reads each: a name in Hangul, letters one by one, a word, a number's last digit.
test.each([
  ['정확도', '는', '를', '로'],
  ['결정 계수', '는', '를', '로'],
  ['로그 손실', '은', '을', '로'],
  ['ROC 곡선 아래 면적', '은', '을', '으로'],
  ['MAE', '는', '를', '로'],
  ['LSTM', '은', '을', '으로'],
  ['URL', '은', '을', '로'],
  ['lstm', '은', '을', '으로'],
  ['F1', '은', '을', '로'],
  ['0', '은', '을', '으로'],
  ['10', '은', '을', '으로'],
  ['1,000', '은', '을', '으로'],
  ['0.8404', '는', '를', '로'],
  ['0.0389', '는', '를', '로'],
  ['7', '은', '을', '로'],
  ['3.5%', '는', '를', '로'],
  ['layer_3', '은', '을', '으로'],
  ['dense', '는', '를', '로'],
  ['model', '은', '을', '로'],
  ['embedding', '은', '을', '으로'],
  ['Adam', '은', '을', '으로'],
  ['dropout', '은', '을', '으로'],
  ['flatten', '은', '을', '으로'],
  ['relu', '는', '를', '로'],
  ['softmax', '는', '를', '로'],
  ['sigmoid', '는', '를', '로'],
  ['"셔츠"', '는', '를', '로'],
  ['"가방"', '은', '을', '으로'],
  ['model.h5', '는', '를', '로'],
  ['val_loss', '는', '를', '로'],
  ['…', '는', '를', '로'],
])('%s takes %s, %s and %s', (word, topic, object, direction) => {
  expect(withJosa(word, '은/는')).toBe(`${word}${topic}`);
  expect(withJosa(word, '을/를')).toBe(`${word}${object}`);
  expect(withJosa(word, '으로/로')).toBe(`${word}${direction}`);
});
