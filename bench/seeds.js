// npm run seeds [-- PROBLEM...]: each reference solution over the seeds 1 to 5, on the real data.
// The strict thresholds rest on this table. It takes about half an hour on two cores.
import { execa } from 'execa';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packageRoot } from '../dist/grader/package-root.js';

const solutions = join(packageRoot, 'solutions');
const known = readdirSync(solutions).map((name) => basename(name, '.ts'));
const asked = process.argv.slice(2);

const table = [];
for (const problem of asked.length > 0 ? asked : known) {
  table.push(summary(problem, await gradeSeeds(problem)));
}
console.table(table);

async function gradeSeeds(problem) {
  const folder = await mkdtemp(join(tmpdir(), 'grader-seeds-'));
  const program = join(packageRoot, 'grader', 'launch.js');
  const file = join(solutions, `${problem}.ts`);
  try {
    const { stdout } = await execa(
      process.execPath,
      [program, 'grade', problem, file, '--seeds', '5', '--out', folder, '--json'],
      { reject: false, stderr: 'inherit' },
    );
    const report = JSON.parse(stdout);
    const failed = report.seeds.runs.find(({ failure }) => failure !== null);
    if (failed) throw new Error(`${problem} seed ${failed.seed}: ${failed.failure}`);
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function summary(problem, report) {
  const { runs } = report.seeds;
  const values = runs.map(({ value }) => value);
  return {
    problem,
    metric: report.problem.metric.id,
    lowest: Number(Math.min(...values).toPrecision(4)),
    mean: Number((values.reduce((sum, value) => sum + value, 0) / values.length).toPrecision(4)),
    highest: Number(Math.max(...values).toPrecision(4)),
    'fewest points': Math.min(...runs.map(({ points }) => points)),
    'longest training in s': Math.round(Math.max(...runs.map(({ trainSeconds }) => trainSeconds))),
  };
}
