import { expect, test } from '@jest/globals';
import { hintsOf } from '../../grader/report/class-hints.ts';
import { renderClass } from '../../grader/report/html.ts';
import type { GradedSubmission } from '../../grader/report/export-format.ts';
import { classOfMany } from './class-of-many.ts';
import { candidate, gradedAs, handedIn, outcomesWith } from './outcomes.ts';

test.each(['en', 'ko'] as const)('the page in %s tells all of a class', (language) => {
  const { outcomes, hints } = classOfMany();
  const html = renderClass(outcomes, hints, language);
  for (const { handIn } of outcomes.graded.filter((each) => each.handIn).slice(0, 4)) {
    expect(html).toContain(`<bdi>${handIn?.candidate?.name}</bdi>`);
  }
  expect(html).toContain("<a href='sunspots/report.html'><bdi>5/5</bdi></a>");
  expect(html).toContain('정하나');
  expect(html).not.toMatch(/<script|(href|src)=.https?:|\burl\(|\son\w+\s*=|\{\{/i);
  expect(html).not.toMatch(/\b(undefined|NaN|\[object Object\])\b|\u202e/);
  expect(html).toContain("default-src 'none'");
});

test('the hardest problem is that with the fewest points, and of one alone none is told', () => {
  const { outcomes, hints } = classOfMany();
  expect(renderClass(outcomes, hints)).toContain('The hardest problem was Sunspot');
  const one = { ...outcomes, problems: outcomes.problems.slice(0, 1) };
  expect(renderClass(one, hints)).not.toContain('hardest');
});

test('where several problems have the same average, none is the hardest', () => {
  const graded = [gradedAs('sunspots'), gradedAs('fashion-mnist')];
  const points = (each: GradedSubmission, of: number) => ({
    ...each,
    report: { ...each.report, points: of },
  });
  const page = (of: readonly number[]) => {
    const all = graded.map((each, index) => points(each, of[index] ?? 0));
    const problems = all.map(({ report }) => report.problem);
    return renderClass(outcomesWith({ graded: all, problems }), []);
  };
  expect(page([5, 5])).not.toContain('hardest');
  expect(page([5, 4])).toContain('hardest');
});

test('who handed in only what is not graded stands among the candidates, and a folder of notes does not', () => {
  const left = { problem: null, name: 'x', outcome: 'skipped', code: 'not-graded' } as const;
  const [anna, cho, notes] = [
    candidate('Anna', { platformId: '7' }),
    candidate('Cho'),
    candidate('Notes'),
  ].map((whose) => ({ ...left, handIn: handedIn(whose), message: 'no problem' }));
  const roster = {
    ...({ kind: 'list', header: [], delimiter: ',' } as const),
    rows: [{ cells: [], candidate: candidate('Cho') }],
  };
  const ungraded = [anna, cho, notes].flatMap((each) => each ?? []);
  const graded = [gradedAs('sunspots')];
  const absent = [candidate('Dan')];
  const html = renderClass(outcomesWith({ graded, ungraded, absent, roster }), []);
  for (const name of ['Anna', 'Cho']) {
    expect(html).toContain(`<bdi>${name}</bdi><span class='tag'>not judged</span>`);
  }
  expect(html).not.toContain('Notes');
  expect(html).toMatch(/<dt>candidates<\/dt><dd>4<\/dd>/);
});

test('a report in a folder of any name is reached by an address that cannot do anything else', () => {
  const graded = [
    { ...gradedAs('regression'), reportFile: `javascript:alert(1)/'><b>/report.html` },
  ];
  const problems = graded.map(({ report }) => report.problem);
  const html = renderClass(outcomesWith({ graded, problems }), []);
  expect(html).toContain("href='javascript%3Aalert(1)/&#x27;%3E%3Cb%3E/report.html'");
});

/** A submission of somebody else, with another file. */
function by(name: string, change: (text: string) => string = (text) => text): GradedSubmission {
  const { report, ...rest } = gradedAs('sunspots');
  const changed = JSON.parse(change(JSON.stringify(report.recipe))) as typeof report.recipe;
  const submission = { ...report.submission, sha256: name.padEnd(64, '0') };
  const whose = handedIn(candidate(name));
  return { ...rest, name, handIn: whose, report: { ...report, recipe: changed, submission } };
}

const nothing = { own: new Map(), predictions: new Map() };

test('recipes that differ in names alone are alike, and those up to seed and epochs nearly', () => {
  const renamed = by('ben', (text) => text.replaceAll('"name":"dense"', '"name":"mine"'));
  const longer = by('cho', (text) => text.replace('"epochs":40', '"epochs":41'));
  const other = by('dan', (text) => text.replace('"learning_rate":0.003', '"learning_rate":0.004'));
  const graded = [by('anna'), renamed, longer, other];
  const found = hintsOf({ graded, ...nothing });
  expect(found.map(({ kind, submissions }) => [kind, submissions.map(({ name }) => name)])).toEqual(
    [
      ['same-recipe', ['anna', 'ben']],
      ['near-recipe', ['anna', 'ben', 'cho']],
    ],
  );
});

test('the same file and the same weights are told once, and attempts of one candidate never', () => {
  const anna = by('anna');
  const again = { ...by('anna'), name: 'anna-2' };
  expect(hintsOf({ graded: [anna, again], ...nothing })).toEqual([]);
  const same = { ...by('ben'), report: anna.report };
  expect(hintsOf({ graded: [anna, same], ...nothing })).toMatchObject([{ kind: 'same-file' }]);
  const model = { ...anna, report: { ...anna.report, recipe: null } };
  const ben = by('ben');
  const other = { ...ben, report: { ...ben.report, recipe: null } };
  const predictions = new Map([
    ['anna', 'p'],
    ['ben', 'p'],
  ]);
  const found = hintsOf({ graded: [model, other], own: new Map(), predictions });
  expect(found).toMatchObject([{ kind: 'same-predictions', like: null }]);
});

test('what the problem itself gives out is told as that, also of one alone', () => {
  const own = new Map([['anna'.padEnd(64, '0'), 'starter' as const]]);
  const graded = [by('anna'), by('ben'), by('cho')].slice(0, 2);
  expect(hintsOf({ graded, own, predictions: new Map() })).toMatchObject([
    { kind: 'same-file', like: 'starter', submissions: [{ name: 'anna' }] },
    { kind: 'same-recipe', like: 'starter', submissions: [{ name: 'anna' }, { name: 'ben' }] },
  ]);
});
