// node read-corpus.js FOLDER: reads every file of a corpus as `grader inspect` does, two at a time, and
// prints JSON of what came of each, and the most that one process took of memory and time.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { surveyModel } from '../../dist/grader/engine/model/survey-model.js';
import { checkIsFile, findFormat } from '../../dist/grader/formats/find-format.js';
import { processTree } from '../../dist/grader/process/tree.js';
import { normaliseRecipe } from '../../dist/grader/recipe/normalise.js';

const [, , folder, only] = process.argv;
const tables = readdirSync(folder).filter((name) => name.endsWith('.json'));
const entries = tables
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  .filter(({ path }) => only === undefined || path.includes(only));

const children = watchChildren();
const results = [];
const work = async () => {
  for (let entry = entries.shift(); entry !== undefined; entry = entries.shift()) {
    results.push({ ...entry, ...(await readOne(join(folder, entry.path))) });
  }
};
await Promise.all([work(), work()]);
children.stop();
console.log(JSON.stringify({ results, ...children.most }));

async function readOne(path) {
  const scratch = mkdtempSync(join(tmpdir(), 'grader-hostile-'));
  const start = performance.now();
  const milliseconds = () => Math.round(performance.now() - start);
  try {
    await checkIsFile(path);
    const format = await findFormat(path);
    const opened = await format.open({ path, size: statSync(path).size }, { scratch });
    const readMilliseconds = milliseconds();
    if (opened.kind === 'recipe') normaliseRecipe(opened.document);
    else survey(opened.file);
    return { failure: null, milliseconds: readMilliseconds };
  } catch (error) {
    const failure = error.failure ?? {
      fault: 'none',
      code: 'not-a-grader-error',
      message: error.stack,
    };
    return { failure, milliseconds: milliseconds() };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function survey({ model, weights }) {
  surveyModel({ model, weights: weights?.layers ?? null });
}

/** The largest resident size and the longest time on a processor of one that is started, on Linux. */
function watchChildren() {
  const most = { peakBytes: 0, workSeconds: 0 };
  const timer = setInterval(() => {
    for (const pid of processTree(process.pid).slice(1)) {
      most.peakBytes = Math.max(most.peakBytes, peakOf(pid));
      most.workSeconds = Math.max(most.workSeconds, workOf(pid));
    }
  }, 10);
  return { stop: () => clearInterval(timer), most };
}

function peakOf(pid) {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

/** User and system time stand in hundredths of a second, 11 and 12 fields after the name. */
function workOf(pid) {
  const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process is gone, or there is no /proc.
    return '';
  }
}
