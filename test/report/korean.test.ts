import { expect, test } from '@jest/globals';
import type { GradeReport } from '../../grader/contract.ts';
import { renderHtml } from '../../grader/report/html.ts';
import { renderText } from '../../grader/report/text.ts';
import { languages } from '../../grader/words/words.ts';
import { golden, goldenNames } from './golden.ts';

/** Words that a Korean page writes in Latin letters: names of the field, of tools, and units. */
const names = new Set([
  ...['Adam', 'AUC', 'CPU', 'CSV', 'ECE', 'Huber', 'JSON', 'Keras', 'LSTM', 'Dense', 'MAE', 'MSE'],
  ...['MiB', 'RMSE', 'ROC', 'SHA', 'UTC', 'argmax', 'ceil', 'min', 'classWeight', 'epsilon'],
  ...['callbacks', 'keepBest', 'restoreBestWeights', 'clipnorm', 'float', 'oneDNN', 'softmax'],
  ...['Fashion', 'MNIST'],
  ...['TensorFlow', 'TensorBoard', 'Node', 'js', 'None', 'True', 'batch', 'return', 'sequences'],
  ...['bubblewrap', 'jail', 'seccomp', 'strict', 'exam', 'original', 'sample', 'report', 'json'],
  ...[
    'held',
    'out',
    'csv',
    'log',
    'accuracy',
    'loss',
    'val',
    'mae',
    'mpg',
    'lb',
    'hp',
    'in',
    's',
    'h',
  ],
  ...['OOV', 'predicted', 'actual', 'linux', 'Intel', 'Xeon', 'ms', 'kB', 'FLOP', 'GFLOP', 'MFLOP'],
]);

/** Words that belong to a report: its recipe, model, classes, data and file. */
function ownNames({ recipe, training, evaluation, problem, ...report }: GradeReport): Set<string> {
  const model = training?.model ?? evaluation?.model;
  const { submission, data, examples, environment } = report;
  const rows = examples?.worst.flatMap(({ text, tokens }) => [
    text,
    tokens?.map(({ word }) => word),
  ]);
  const cpu = environment.cpu;
  const own = [recipe, model?.layers, problem.classes, problem.id, submission, data, rows, cpu];
  return new Set(latinWords(JSON.stringify(own)));
}

const latinWords = (text: string): readonly string[] => text.match(/[A-Za-z]{2,}/g) ?? [];

/** What people see or hear of a page, without code and what is marked as English. */
function koreanText(html: string): string {
  const body = html
    .replace(/<(script|style|pre|code)\b[^]*?<\/\1>/g, ' ')
    .replace(/<(\w+)[^>]* lang='en'[^>]*>[^]*?<\/\1>/g, ' ');
  const spoken = [
    ...body.matchAll(/ (?:aria-label|alt|title|placeholder)=(?:'([^']*)'|"([^"]*)")/g),
  ];
  const attributes = spoken.map(([, one = '', other = '']) => one + other);
  return [body.replace(/<[^>]*>/g, ' '), ...attributes].join(' ').replace(/&#?\w+;/g, ' ');
}

function foreignWords(report: GradeReport): readonly string[] {
  const own = ownNames(report);
  // Names that a diagram has cut.
  const cut = /\w+…\w*/g;
  const words = latinWords(koreanText(renderHtml(report, 'ko')).replace(cut, ''));
  return [...new Set(words)].filter((word) => !names.has(word) && !own.has(word));
}

test.each(goldenNames)('the Korean page of %s has no English but names', (name) => {
  expect(foreignWords(golden(name))).toEqual([]);
});

test('an English sentence on a Korean page would be found', () => {
  const report = golden('regression');
  const profile = { ...report.profile, id: 'strict', title: 'strict' } as const;
  const problem = { ...report.problem, title: 'Fuel of cars' };
  expect(foreignWords({ ...report, problem, profile })).toEqual(['Fuel', 'of', 'cars']);
});

test('what a package has no words for stays English and is marked as such', () => {
  const report = golden('regression');
  const { texts, ...problem } = report.problem;
  expect(texts).toHaveProperty('ko');
  const html = renderHtml({ ...report, problem }, 'ko');
  expect(html).toContain('<h1>Fuel use of cars</h1>');
  expect(html).toMatch(/<li lang='en'>6 of 398 rows have no horsepower/);
  const korean = renderHtml(report, 'ko');
  expect(korean).toContain('<h1>자동차 연비</h1>');
  expect(korean).toMatch(/<li lang='ko'>398개 행 가운데 6개는 마력 값이 없어 뺐습니다/);
  expect(renderHtml(report)).toContain('<h1>Fuel use of cars</h1>');
});

test('the terminal has the same words', () => {
  const plain = { style: (_: string, text: string) => text };
  const lines = renderText(golden('model-file'), plain, languages.ko).join('\n');
  expect(lines).toContain('모델의 출력 모양은 [1]입니다: 윈도 다음 달의 값.');
  expect(lines).toContain('훈련 세트의 범위로 스케일링했습니다: (값 − 0) / 398.2.');
});
