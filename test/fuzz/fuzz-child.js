// Reads one mutation after the other in the way of grader/keras/child.ts, many in one process.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeMutation } from './mutation.js';
import { findSubjects } from './subjects.js';

const dist = new URL('../../dist/grader/', import.meta.url);
const load = (path) => import(new URL(path, dist));
const [{ findFormat }, { openContainer }, { readContainer }, { normaliseModel }, { surveyModel }] =
  await Promise.all([
    load('formats/find-format.js'),
    load('keras/containers/open-container.js'),
    load('keras/read-model.js'),
    load('recipe/normalise.js'),
    load('engine/model/survey-model.js'),
  ]);
const { GraderError } = await load('errors.js');

process.once('message', (job) => {
  run(job).then(
    () => process.exit(),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());

async function run({ fixtures, sound, scratch, seed, from, to }) {
  const subjects = findSubjects(fixtures, sound);
  for (let index = from; index < to; index++) {
    const folder = join(scratch, 'file');
    rmSync(folder, { recursive: true, force: true });
    const { subject, path } = writeMutation(subjects, { seed, index }, folder);
    const whole = await wholeOf(subject, scratch);
    const start = performance.now();
    const outcome = await outcomeOf(path, subject.format, { scratch, whole });
    const milliseconds = Math.round(performance.now() - start);
    await send({ index, subject: subject.name, milliseconds, ...outcome });
    // The library's memory may be damaged after that; the product has a process for each file.
    if (outcome.isBroken) return;
  }
}

const known = new Map();

/** What the file says before it is damaged. */
async function wholeOf({ path, format }, scratch) {
  if (!known.has(path)) {
    known.set(path, await read(path, format, scratch).catch(() => null));
  }
  return known.get(path);
}

async function outcomeOf(path, format, { scratch, whole }) {
  try {
    await findFormat(path).catch(unlessRefused);
    const found = await read(path, format, scratch);
    const same = whole !== null && found.model === whole.model;
    if (!same) return surveyed(found);
    return { outcome: found.weights === whole.weights ? 'read: the same' : 'read: other weights' };
  } catch (error) {
    return refused(error);
  }
}

/** A file of no known format is read all the same: as hostile as can be. */
function unlessRefused(error) {
  if (!(error instanceof GraderError)) throw error;
}

/** Whether the engine can make out what the other model is. */
function surveyed({ model, layers }) {
  try {
    surveyModel({ model: JSON.parse(model), weights: layers });
    return { outcome: 'read: another model' };
  } catch (error) {
    const found = refused(error);
    return { ...found, outcome: found.outcome.replace('refused:', 'read, but no model:') };
  }
}

function refused(error) {
  const isBroken = isTrap(error) || isTrap(error?.cause);
  if (!(error instanceof GraderError)) {
    return {
      outcome: 'ESCAPE: not a GraderError',
      detail: String(error?.stack ?? error),
      isBroken,
    };
  }
  const { fault, code, message, help = '' } = error.failure;
  const outcome = `refused: ${fault} ${code}`;
  if (fault !== 'candidate' && fault !== 'limit')
    return { outcome: `ESCAPE: ${outcome}`, detail: message, isBroken };
  const text = `${message}${help}`;
  if (!isPrintable(text))
    return { outcome: 'ESCAPE: not printable', detail: JSON.stringify(text), isBroken };
  return { outcome, detail: message, isBroken };
}

/** The library has crashed inside of WebAssembly. */
function isTrap(error) {
  return (
    error?.name === 'RuntimeError' || /memory access|unreachable|abort|OOM/i.test(String(error))
  );
}

/** Several problems stand on lines of their own. */
const unprintable = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

function isPrintable(text) {
  return text.length < 2000 && !unprintable.test(text);
}

async function read(path, format, folder) {
  const scratch = join(folder, 'scratch');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  const container = await openContainer(path, format, { scratch });
  try {
    const answer = readContainer(container, scratch);
    const { model } = normaliseModel(answer.model);
    const weights =
      answer.weights &&
      createHash('sha256').update(readFileSync(answer.weights.path)).digest('hex');
    return { model: JSON.stringify(model), weights, layers: answer.weights?.layers ?? null };
  } finally {
    container.close();
  }
}

function send(message) {
  return new Promise((resolve) => process.send(message, resolve));
}
