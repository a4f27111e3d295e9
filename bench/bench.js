// npm run bench [-- --help]: how fast training is here, beside plain TF.js, Keras, JAX and PyTorch.
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureEngine } from '../dist/grader/setup/ensure-engine.js';
import { Comparison } from './compare.js';
import { endAll } from './contender-process.js';
import { contenders, contendersAgainst } from './contenders.js';
import { writeData } from './data.js';
import { describeMachine, loadAverage, pinToOneCore } from './machine.js';
import { readOptions } from './options.js';
import { hasInterpreter, interpreterOf, makePythonFolder } from './python-env.js';
import { differentTasks, renderResults } from './results.js';
import { growths } from './workloads.js';

const options = readOptions(process.argv.slice(2));
const shortTiming = { windows: 3, seconds: 0.5, extraRounds: 2 };
const say = (line) => console.error(line);
const folder = await mkdtemp(join(tmpdir(), 'grader-bench-'));

process.once('exit', endAll);
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
  process.once(signal, () => {
    say('Interrupted.');
    // Synchronous: nothing else is started meanwhile.
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
}

try {
  process.exitCode = await run();
} finally {
  endAll();
  await rm(folder, { recursive: true, force: true });
}

async function run() {
  const { taking, missing } = chooseContenders();
  const engine = await ensureEngine({ device: 'cpu' }, ({ text }) => say(text));
  const machine = describeMachine();
  const python = (name) => interpreterOf(options.pythonFolder, name);
  const session = { folder, engine, python, cores: machine.cores, say };
  const pin = pinToOneCore();
  const results = { options, machine, missing, isPinned: pin !== null, failures: [] };
  results.load = { before: loadAverage() };
  const wants = (section) => options.sections.includes(section);
  session.fail = (what, error) => noteFailure(results, what, error);
  // What failed is told in the tables; what was measured before is never lost with it.
  const guarded = (what, measure) => measure().catch((error) => session.fail(what, error));

  results.main = [];
  for (const workload of wants('main') || wants('one-core') ? options.workloads : []) {
    await guarded(workload.name, async () => {
      const row = await measureWorkload({ session, workload, taking, pin, wants });
      results.main.push(row);
    });
  }
  results.growth = wants('size') ? await measureGrowth({ session, taking, results, guarded }) : [];
  results.load.after = loadAverage();

  for (const { workload } of differentTasks(results.main)) {
    results.failures.push(`${workload.name}: the losses lie too far apart for the same task`);
  }
  const text = renderResults(results);
  console.log(text);
  if (options.writes) await writeFile(new URL('RESULTS.md', import.meta.url), text);
  return results.failures.length > 0 ? 1 : 0;
}

function chooseContenders() {
  if (options.against) return { taking: contendersAgainst(options.against), missing: [] };
  const wanted = contenders.filter(({ python, name }) => !python || options.peers.includes(name));
  const names = wanted.flatMap(({ python }) => python ?? []);
  if (options.makesPython) makePythonFolder(options.pythonFolder, names, say);
  const isThere = ({ python }) => !python || hasInterpreter(options.pythonFolder, python);
  const missing = wanted.filter((contender) => !isThere(contender));
  for (const { name, python } of missing) {
    const path = interpreterOf(options.pythonFolder, python);
    say(`${name} is left out: there is no ${path}. --make-python-env makes it with pip.`);
  }
  return { taking: wanted.filter(isThere), missing: missing.map(({ name }) => name) };
}

function noteFailure(results, what, error) {
  if (error.name !== 'ContenderError') throw error;
  say(`${what}: ${error.message}`);
  results.failures.push(`${what}: ${error.summary}`);
}

async function measureWorkload({ session, workload, taking, pin, wants }) {
  say(`${workload.name}: ${workload.title}, batch ${workload.batch}`);
  const comparison = await comparisonOf(session, workload);
  const { timing } = options;
  const found = await findSettings(comparison, taking);
  const able = found.filter(({ train }) => train);
  const row = { workload, found, entries: [], oneCore: [] };
  if (wants('main')) {
    const firstSteps = await comparison.measureStarts(able, options.quick ? 1 : 3);
    const entries = await comparison.measure(able, timing);
    row.entries = entries.map((entry) => ({ ...entry, firstStep: firstSteps.get(entry.name) }));
  }
  if (wants('one-core')) {
    const single = able.map((entry) => ({ ...entry, train: oneThread(entry.train) }));
    row.oneCore = await comparison.measure(single, { ...timing, pin, predicts: false });
  }
  return row;
}

/** By a search, or the first of every choice. */
async function findSettings(comparison, taking) {
  if (!options.quick) return comparison.search(taking);
  return taking.map((contender) => {
    const choices = comparison.choicesOf(contender);
    const setting = Object.assign({}, ...choices.map(([first]) => first));
    return { contender, tries: [], train: setting, predict: setting, firstStep: setting };
  });
}

function oneThread(setting) {
  return { ...setting, threads: 1, ...(setting.shards ? { shards: 1, interOp: 1 } : {}) };
}

async function measureGrowth({ session, taking, results, guarded }) {
  const rows = [];
  const comparing = taking.filter(({ name }) => name !== 'plain tfjs');
  for (const growth of growths) {
    const base = options.workloads.find(({ name }) => name === growth.base);
    if (!base) continue;
    const searched = results.main.find(({ workload }) => workload === base)?.found;
    const found = searched ?? (await findSettings(await comparisonOf(session, base), comparing));
    const able = found.filter(({ contender, train }) => comparing.includes(contender) && train);
    for (const size of options.quick ? growth.sizes.slice(0, 2) : growth.sizes) {
      await guarded(`${growth.axis} ${size}`, async () => {
        const workload = growth.at(size);
        const comparison = await comparisonOf(session, workload);
        say(`${workload.title}: ${growth.axis} ${size}`);
        const timing = options.quick ? options.timing : shortTiming;
        const entries = await comparison.measure(able, { ...timing, predicts: false });
        rows.push({ axis: growth.axis, size, workload, entries });
      });
    }
  }
  return rows;
}

async function comparisonOf(session, workload) {
  return new Comparison(session, workload, await writeData(workload, folder));
}
