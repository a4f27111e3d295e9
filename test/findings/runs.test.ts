import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DataParts,
  Finding,
  Probes,
  Recipe,
  ReportedTraining,
  ScoreResult,
} from '../../grader/contract.ts';
import { measureModel } from '../../grader/engine/model/measure-model.ts';
import { recipeFindings } from '../../grader/findings/recipe/index.ts';
import { withRunFindings } from '../../grader/findings/run/index.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { findProblem } from '../../problems/index.ts';
import { golden } from '../report/golden.ts';

interface Run {
  readonly problem: string;
  readonly recipe: Recipe;
  readonly training: Pick<ReportedTraining, 'history' | 'stoppedBy' | 'gradedEpoch' | 'insides'>;
  readonly score: ScoreResult;
  readonly probes?: Probes;
  readonly parts: DataParts;
}

const folder = join(packageRoot, 'test/findings/runs');
const runs = readdirSync(folder).map((file) => ({
  name: file.replace(/\.json$/, ''),
  findings: findingsOf(runOf(file)),
}));

function runOf(file: string): Run {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Run;
}

function findingsOf({
  problem: id,
  recipe,
  training,
  score,
  probes,
  parts,
}: Run): readonly Finding[] {
  const { definition: problem } = findProblem(id);
  const use = { kind: 'training', batch: recipe.fit.batch_size } as const;
  const { model } = measureModel({ model: recipe.model, problem, use });
  const ofRecipe = recipeFindings(recipe, model, problem);
  const facts = { problem, recipe, training: { ...training, model }, score, probes, parts };
  return withRunFindings(ofRecipe, facts);
}

function idsOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ id }) => id);
}

const startingWith = (start: string) => runs.filter(({ name }) => name.startsWith(start));
const faulty = runs.filter(({ name }) => !/^(sound|reference|starter)-/.test(name));

test.each(faulty)('$name: its rule speaks, and no other', ({ name, findings }) => {
  expect(idsOf(findings)).toEqual([name.replace(/-\d$/, '')]);
});

test('each rule of a run has two runs of which it speaks', () => {
  const ids = faulty.map(({ name }) => name.replace(/-\d$/, ''));
  expect(new Set(ids).size).toBe(27);
  expect(ids.filter((id) => ids.filter((other) => other === id).length !== 2)).toEqual([]);
});

test('classes are uneven by their rows as well, with other advice', () => {
  const { parts, recipe, ...run } = runOf('class-imbalance-2.json');
  const fit = { ...recipe.fit, class_weight: null };
  const training = { rows: 11_549, classes: [10_049, 1500] };
  const uneven = { ...run, recipe: { ...recipe, fit }, parts: { ...parts, training } };
  const [finding, ...others] = findingsOf(uneven);
  expect(finding).toMatchObject({ id: 'class-imbalance', figures: { isByWeight: false } });
  expect(finding?.advice).toBe('Give its rows more weight by classWeight.');
  expect(others).toEqual([]);
  const even = { ...parts, training: { rows: 20_098, classes: [10_049, 10_049] } };
  expect(idsOf(findingsOf({ ...uneven, parts: even }))).toEqual(['class-ignored']);
});

test('the references are told of nothing, and the starters that they end too soon', () => {
  expect(startingWith('reference-').map(({ findings }) => findings)).toEqual(Array(5).fill([]));
  expect(startingWith('starter-').map(({ findings }) => idsOf(findings))).toEqual(
    Array(5).fill(['not-converged']),
  );
});

test('at most one of thirty sound trainings is told of anything', () => {
  const sound = startingWith('sound-');
  expect(sound).toHaveLength(30);
  expect(sound.filter(({ findings }) => findings.length > 0).length).toBeLessThanOrEqual(1);
});

test('the table of rules and runs', () => {
  const groups = {
    'its own two': (name: string, id: string) => name.replace(/-\d$/, '') === id,
    'of other rules': (name: string, id: string) =>
      faulty.some((run) => run.name === name) && name.replace(/-\d$/, '') !== id,
    'sound (30)': (name: string) => name.startsWith('sound-'),
    'references (5)': (name: string) => name.startsWith('reference-'),
    'starters (5)': (name: string) => name.startsWith('starter-'),
  };
  const ids = [...new Set(runs.flatMap(({ findings }) => idsOf(findings)))].sort();
  const table = ids.map((id) => {
    const spoken = runs.filter(({ findings }) => idsOf(findings).includes(id));
    const amounts = Object.entries(groups).map(([group, isIn]): [string, number] => [
      group,
      spoken.filter(({ name }) => isIn(name, id)).length,
    ]);
    return { rule: id, amounts: Object.fromEntries(amounts) };
  });
  console.table(table.map(({ rule, amounts }) => ({ rule, ...amounts })));
  const strays = table.filter(({ amounts }) => amounts['of other rules'] !== 0);
  expect(strays).toEqual([]);
});

test('a report with all of these findings follows the schema', () => {
  const findings = runs.flatMap((run) => run.findings);
  expect(checkReport({ ...golden('regression'), findings }).findings).toHaveLength(findings.length);
});
