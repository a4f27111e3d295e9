// npm run seeds [-- PROBLEM...]: each reference solution over the seeds 1 to 5, on the real data.
// The strict thresholds rest on this table. It takes about half an hour on two cores.
import { execa } from 'execa';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packageRoot } from '../dist/grader/package-root.js';

const seeds = [1, 2, 3, 4, 5];
const solutions = join(packageRoot, 'solutions');
const known = readdirSync(solutions).map((name) => basename(name, '.ts'));
const asked = process.argv.slice(2);

const table = [];
for (const problem of asked.length > 0 ? asked : known) {
  const reports = [];
  for (const seed of seeds) reports.push(await gradeOnce(problem, seed));
  table.push(summary(problem, reports));
}
console.table(table);

async function gradeOnce(problem, seed) {
  const folder = await mkdtemp(join(tmpdir(), 'grader-seeds-'));
  const program = join(packageRoot, 'grader', 'launch.js');
  const file = join(solutions, `${problem}.ts`);
  try {
    const { stdout } = await execa(
      process.execPath,
      [program, 'grade', problem, file, '--seed', String(seed), '--out', folder, '--json'],
      { reject: false, stderr: 'ignore' },
    );
    const report = JSON.parse(stdout);
    if (!report.score) throw new Error(`${problem} seed ${seed}: ${report.failure.message}`);
    const { value, points } = report.score;
    const seconds = report.training.trainSeconds.toFixed(1);
    console.error(`${problem} seed ${seed}: ${value.toPrecision(4)}, ${points}/5, ${seconds} s`);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function summary(problem, reports) {
  const values = reports.map(({ score }) => score.value);
  const seconds = reports.map(({ training }) => training.trainSeconds);
  return {
    problem,
    metric: reports[0].problem.metric.id,
    lowest: Number(Math.min(...values).toPrecision(4)),
    mean: Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(4)),
    highest: Number(Math.max(...values).toPrecision(4)),
    'fewest points': Math.min(...reports.map(({ points }) => points)),
    'longest training in s': Math.round(Math.max(...seconds)),
  };
}
