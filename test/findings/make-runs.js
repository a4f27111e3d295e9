// Grades the recipes of recipes.js on the real data sets, and keeps of each run what rules look at:
// node make-runs.js [NAME...]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gradeFile } from '../../dist/grader/api.js';
import { faulty, sound } from './recipes.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const textOf = (path) => readFileSync(here(path), 'utf8');
const ids = ['regression', 'fashion-mnist', 'image-augmentation', 'sarcasm', 'sunspots'];
const folder = here('runs');
const runs = new Map([
  ...Object.entries(faulty).flatMap(([id, made]) =>
    made.map((run, at) => [`${id}-${at + 1}`, { ...run, id }]),
  ),
  ...ids.flatMap((problem) => [
    [`reference-${problem}`, { problem, text: textOf(`../../solutions/${problem}.ts`) }],
    [`starter-${problem}`, { problem, text: textOf(`../../problems/${problem}/starter.ts`) }],
  ]),
  ...sound.map((run, at) => [`sound-${String(at + 1).padStart(2, '0')}`, { ...run, id: null }]),
]);

const names = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, { problem, text }] of runs) {
  if (names.length > 0 && !names.some((start) => name.startsWith(start))) continue;
  const report = await graded(problem, text);
  const told = report.findings.map(({ id, figures }) => `${id} ${JSON.stringify(figures)}`);
  console.log(name, report.score?.points, report.failure?.message ?? '', told.join('; '));
  if (report.failure) continue;
  const { recipe, training, score, probes, parts } = report;
  const { history, stoppedBy, gradedEpoch, insides } = training;
  const shown = { history, stoppedBy, gradedEpoch, insides };
  const kept = { problem, recipe, training: shown, score, probes, parts };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(kept, rounded)}\n`);
}

async function graded(problem, text) {
  const scratch = mkdtempSync(join(tmpdir(), 'runs-'));
  try {
    const file = join(scratch, `${problem}.ts`);
    writeFileSync(file, text);
    return await gradeFile(problem, file, { threads: 2, device: 'cpu' });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Five digits; the time of an epoch is nobody's. */
function rounded(key, value) {
  if (key === 'seconds') return 0;
  const isFraction = typeof value === 'number' && !Number.isInteger(value);
  return isFraction ? Number(value.toPrecision(5)) : value;
}
