import { expect, test } from '@jest/globals';
import type { GradeReport } from '../../grader/contract.ts';
import { renderHtml } from '../../grader/report/html.ts';
import { renderText } from '../../grader/report/text.ts';
import { english } from '../../grader/words/en.ts';
import { golden } from './golden.ts';

const hostile: [string, string][] = [
  ['a script', '</script><script>alert(1)</script>'],
  ['a picture with a handler', '<img src=x onerror=alert(1)>'],
  ['an end of the style sheet', '</style><svg onload=alert(1)>'],
  ['quotes that close an attribute', `"><b x="'><i y='`],
  ['a handler after a quote', `' onmouseover='alert(1)`],
  ['a template expression', '{{constructor}}{{{__proto__}}}{{> page}}'],
  ['an entity', '&lt;script&gt;&#x3c;b&#x3e;'],
  ['an end of a CDATA section', ']]><script>alert(1)</script>'],
];

test.each(hostile)('%s is inert in every field that a candidate makes', (_, text) => {
  const html = renderHtml(poisoned(text));
  const clean = renderHtml(poisoned('plain'));
  expect(tags(html)).toEqual(tags(clean));
  expect(html.match(/<style/g)).toHaveLength(1);
  for (const tag of html.match(/<[a-z][^>]*>/gi) ?? []) {
    expect(tag.replace(/"[^"]*"|'[^']*'/g, '')).not.toMatch(/\son\w+/i);
  }
});

test('a name that names an own property of the view is only text', () => {
  expect(renderHtml(poisoned('{{points}}'))).toContain('{{points}}');
});

test.each([
  ['a right-to-left override', '\u202egpj.exe', '\\u{202e}gpj.exe'],
  ['an isolate', 'a\u2067b', 'a\\u{2067}b'],
  ['a line separator', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
  ['a terminal sequence', '\x1b[2Jboo\x07', '\\u{1b}[2Jboo\\u{7}'],
  ['a zero-width space', 'pay\u200bpal', 'pay\\u{200b}pal'],
  ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
  ['a null', 'a\0b', 'a\\u{0}b'],
])('%s is shown as its code, in the page and in the terminal', (_, text, shown) => {
  const report = poisoned(text);
  const html = renderHtml(report);
  const terminal = renderText({ ...report, failure: failure(text) }, plainScreen, english).join(
    '\n',
  );
  for (const output of [html, terminal]) {
    expect(output).toContain(shown);
    expect(output).not.toMatch(/[^\P{Cc}\n\t]|[\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(Buffer.from(output, 'utf8').toString('utf8')).toBe(output);
  }
});

test('very long names are cut in the middle, very long messages at their end', () => {
  const report = poisoned('x'.repeat(50_000));
  expect(withoutJson(renderHtml(report))).not.toContain('x'.repeat(4001));
  const names = withoutJson(renderHtml({ ...report, failure: null, notes: [], findings: [] }));
  expect(names).not.toContain('x'.repeat(121));
  expect(names).toContain('x…x');
});

test('a recipe of many megabytes is cut in the page', () => {
  const report = poisoned('plain');
  const model = { class_name: 'Sequential', config: { name: 'y'.repeat(3_000_000) } };
  const recipe = report.recipe && { ...report.recipe, model };
  const html = renderHtml({ ...report, recipe });
  expect(html.length).toBeLessThan(600_000);
  expect(html).toContain('Cut after 100,000');
});

function withoutJson(html: string): string {
  return html.replace(/<pre[^]*?<\/pre>/g, '');
}

const plainScreen = { style: (_: string, text: string) => text };

function failure(text: string): GradeReport['failure'] {
  return { fault: 'candidate', code: text, message: text, help: text };
}

/** A report with this text wherever a candidate's own strings go. */
function poisoned(text: string): GradeReport {
  const report = golden('fashion-mnist');
  const { training, recipe } = report;
  if (!training || !recipe) throw new Error('the golden report has no training');
  const logs = { [text]: 1, [`val_${text}`]: 2 };
  return {
    ...report,
    submission: { file: text, sha256: null, format: text },
    failure: failure(text),
    notes: [text],
    findings: [
      {
        ...{ id: 'linear-layers', severity: 'warning', figures: { first: text, second: text } },
        ...{ message: text, advice: text },
      },
    ],
    evaluation: {
      ...{ kerasVersion: text, bytes: 1, weightBytes: 1, optimizerBytes: 0, predictSeconds: 1 },
      model: training.model,
    },
    recipe: {
      ...recipe,
      model: { class_name: text, config: { name: text, [text]: text } },
      compile: {
        optimizer: { class_name: text, config: { [text]: text, list: [text] } },
        loss: { class_name: text, config: { nested: { [text]: text } } },
        metrics: [text as 'mae'],
      },
      fit: { ...recipe.fit, class_weight: { [text]: 1 } },
      augmentation: { [text]: text } as unknown as typeof recipe.augmentation,
    },
    training: {
      ...training,
      history: [1, 2, 3].map((epoch) => ({ epoch, seconds: 1, learningRate: 0.1 / epoch, logs })),
      gradedEpoch: 2,
      model: {
        ...training.model,
        layers: [
          { name: text, className: text, outputShape: [null, 1], parameters: 1, inputs: [] },
        ],
      },
    },
  };
}

function tags(html: string): string[] {
  return (html.match(/<\/?[a-z][\w]*/gi) ?? []).map((tag) => tag.toLowerCase());
}
