// Damages real model files and reads them as the product does; fails where it crashes or hangs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMutation } from './mutation.js';
import { readOptions } from './options.js';
import { runBatch } from './run-batch.js';
import { findSubjects } from './subjects.js';

const { count, seed, jobs, only } = readOptions(process.argv.slice(2));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'grader-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The product stops after 1.5 s of work; a busy machine may take longer to get that far. */
const longestAlone = 15_000;

const fixtures = here('../../../shared/fixtures/keras/models');
const corpus = join(folder, 'corpus');
execFileSync(process.execPath, [here('../hostile/make-hostile.js'), corpus]);
const sound = join(corpus, 'accepted');
const subjects = findSubjects(fixtures, sound);

const start = performance.now();
const results = only === null ? await runAll() : await runOnly(only);
report(results);

async function runAll() {
  const found = [];
  const size = Math.min(2500, Math.ceil(count / jobs));
  const batches = Array.from({ length: Math.ceil(count / size) }, (_, at) => at * size);
  const work = async (job) => {
    for (let from = batches.shift(); from !== undefined; from = batches.shift()) {
      const range = { from, to: Math.min(count, from + size) };
      found.push(
        ...(await runBatch({
          fixtures,
          sound,
          seed,
          scratch: join(folder, `job-${job}`),
          ...range,
        })),
      );
      progress(found.length);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
  return confirmed(found);
}

async function runOnly(index) {
  const scratch = join(folder, 'only');
  const { path } = writeMutation(
    subjects,
    { seed, index },
    join(tmpdir(), `fuzz-${seed}-${index}`),
  );
  console.log(`Mutation ${index} is in ${path}`);
  const found = await confirmed(
    await runBatch({ fixtures, sound, seed, scratch, from: index, to: index + 1 }),
  );
  console.log(found);
  return found;
}

/** What hung or died in the batch is read once more by the product itself, alone. */
async function confirmed(found) {
  if (!found.some(({ isStopped }) => isStopped)) return found;
  const { readModelFile } = await import('../../dist/grader/keras/read-model-file.js');
  const checked = [];
  for (const result of found) {
    if (!result.isStopped) checked.push(result);
    else checked.push({ ...result, ...(await readAlone(result, readModelFile)) });
  }
  return checked;
}

async function readAlone({ index, outcome }, readModelFile) {
  const scratch = mkdtempSync(join(folder, 'alone-'));
  const { subject, path } = writeMutation(subjects, { seed, index }, join(scratch, 'file'));
  const started = performance.now();
  try {
    await readModelFile({ path, parts: [], format: subject.format, scratch });
    return { outcome: `${outcome} -> read alone` };
  } catch (error) {
    const { fault, code, message } = error.failure ?? {
      fault: 'none',
      code: String(error),
      message: '',
    };
    const milliseconds = Math.round(performance.now() - started);
    const isFine = (fault === 'candidate' || fault === 'limit') && milliseconds < longestAlone;
    const how = /cannot be read in/.test(message) ? 'alone as well, by time' : 'alone';
    const text = `${outcome} -> refused ${how}: ${fault} ${code}`;
    return { outcome: isFine ? text : `ESCAPE: ${text}`, detail: message, milliseconds };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function progress(done) {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count}`);
}

function report(found) {
  const groups = Map.groupBy ? Map.groupBy(found, ({ outcome }) => outcome) : groupBy(found);
  const rows = [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${found.length} mutations of ${subjects.length} files, seed ${seed}, ${seconds} s`,
  );
  for (const [outcome, list] of rows) console.log(`${String(list.length).padStart(7)}  ${outcome}`);
  const times = found.map(({ milliseconds }) => milliseconds).sort((left, right) => left - right);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  console.log(
    `Milliseconds: mean ${mean.toFixed(0)}, median ${times[times.length >> 1]}, longest ${times.at(-1)}`,
  );
  const escapes = found.filter(({ outcome }) => outcome.startsWith('ESCAPE'));
  for (const { index, subject, outcome, detail } of escapes.slice(0, 20)) {
    console.log(`\n--seed ${seed} --only ${index}  ${subject}\n  ${outcome}\n  ${detail}`);
  }
  if (escapes.length > 0 || found.length === 0) process.exitCode = 1;
}

function groupBy(found) {
  const groups = new Map();
  for (const result of found)
    groups.set(result.outcome, [...(groups.get(result.outcome) ?? []), result]);
  return groups;
}
