import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProblems } from '../../problems/index.ts';
import { datasetStatus } from '../datasets/status.ts';
import { verifyEngine } from '../setup/check-engine.ts';
import { findCompiler } from '../setup/compiler.ts';
import type { Engine } from '../setup/engine.ts';
import { findEngine } from '../setup/ensure-engine.ts';
import { readCpu, readMemory } from '../setup/machine.ts';
import { nvidiaGpus } from '../setup/nvidia.ts';
import { findPip } from '../setup/pip.ts';
import { probeEngine, type Probe } from '../setup/start.ts';
import { rowOf } from '../contract/verdicts.ts';
import { throwIfAborted, toFailure } from '../errors.ts';
import { graderVersion, packageRoot } from '../package-root.ts';
import { findIsolation } from '../sandbox/isolation.ts';
import type { CliContext } from './context.ts';
import type { Screen } from './screen.ts';

/** One finding. `missing` means that grading cannot work; `note` that something is not used. */
interface Check {
  readonly id: string;
  readonly status: 'ok' | 'note' | 'missing';
  readonly text: string;
  /** What to do. */
  readonly help?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface DoctorFlags {
  readonly json?: true;
  readonly verify?: true;
}

export async function doctor(flags: DoctorFlags, context: CliContext): Promise<void> {
  const { screen, signal } = context;
  const checks = [checkGrader(), checkNode()];
  const { engine, probe, check } = await checkEngine(signal);
  checks.push(check);
  if (!engine) checks.push(await checkCompiler(signal), await checkPip(signal));
  if (engine && flags.verify) checks.push(await checkEngineFiles(engine));
  checks.push(await checkCpu(), await checkGpu({ engine, probe, signal }), checkMemory());
  checks.push(...(await checkDatasets()), await checkIsolation());
  const canGrade = checks.every(({ status }) => status !== 'missing');
  if (flags.json) {
    const report = { format: 'grader-doctor', version: 1, canGrade, checks };
    screen.print(JSON.stringify(report, null, 2));
  } else {
    for (const each of checks) show(each, screen);
    screen.print(canGrade ? 'Grading can work here.' : 'Grading cannot work here yet.');
  }
  context.exit(canGrade ? 0 : rowOf('machine-fault').exitCode);
}

function checkGrader(): Check {
  const text = `grader ${graderVersion}`;
  return { id: 'grader', status: 'ok', text, facts: { version: graderVersion } };
}

function checkNode(): Check {
  const { version, platform, arch } = process;
  const wanted = wantedNode();
  const isEnough = compareVersions(version.slice(1), wanted.replace(/[^\d.]/g, '')) >= 0;
  return {
    id: 'node',
    status: isEnough ? 'ok' : 'missing',
    text: `Node ${version} on ${platform}-${arch}`,
    ...(isEnough ? {} : { help: `Install Node ${wanted}.` }),
    facts: { version, platform, arch },
  };
}

/** The range in package.json, `>=20.19`. */
function wantedNode(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { engines: { node: string } }).engines.node;
}

function compareVersions(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

interface EngineFinding {
  readonly engine: Engine | null;
  readonly probe: Probe | null;
  readonly check: Check;
}

async function checkEngine(signal: AbortSignal): Promise<EngineFinding> {
  const id = 'tensorflow';
  const help = 'Run grader setup; the first grading does it by itself.';
  let engine: Engine | null = null;
  try {
    engine = await findEngine({ signal });
    if (!engine) {
      const text = 'TensorFlow is not set up';
      return { engine, probe: null, check: { id, status: 'missing', text, help } };
    }
    const probe = await probeEngine(engine, signal);
    const { library, addon, gpu } = engine;
    const text = `TensorFlow ${probe.version} (${gpu ? 'with CUDA' : 'CPU'}): ${library}`;
    const facts = { version: probe.version, library, addon, gpu };
    return { engine, probe, check: { id, status: 'ok', text, facts } };
  } catch (error) {
    throwIfAborted(signal);
    const failure = toFailure(error);
    const check: Check = {
      id,
      status: 'missing',
      text: failure.message,
      help: failure.help ?? help,
    };
    return { engine, probe: null, check };
  }
}

async function checkEngineFiles(engine: Engine): Promise<Check> {
  const damaged = await verifyEngine(engine);
  const facts = { damaged };
  const id = 'tensorflow-files';
  if (damaged.length === 0) {
    return { id, status: 'ok', text: "TensorFlow's programs are as they were made", facts };
  }
  const text = `TensorFlow in ${engine.directory} is damaged: ${damaged.join(', ')}`;
  return { id, status: 'missing', text, help: 'Make it anew: grader setup --force.', facts };
}

async function checkCompiler(signal: AbortSignal): Promise<Check> {
  try {
    const compiler = (await findCompiler(signal)).join(' ');
    return { id: 'compiler', status: 'ok', text: `C++ compiler: ${compiler}`, facts: { compiler } };
  } catch (error) {
    const { message, help = '' } = toFailure(error);
    return { id: 'compiler', status: 'missing', text: message, help };
  }
}

async function checkPip(signal: AbortSignal): Promise<Check> {
  const pip = await findPip(signal);
  if (pip) return { id: 'pip', status: 'ok', text: `pip: ${pip.join(' ')}` };
  const help = 'Install it (Debian, Ubuntu: python3-pip), or use grader setup --libtensorflow DIR.';
  return { id: 'pip', status: 'note', text: 'pip: not found', help };
}

async function checkCpu(): Promise<Check> {
  const { model, features, cores } = await readCpu();
  const named = features === null ? 'features unknown' : features.join(' ');
  const lacksAvx = process.arch === 'x64' && features !== null && !features.includes('avx');
  return {
    id: 'cpu',
    status: lacksAvx ? 'missing' : 'ok',
    text: `CPU: ${model}, ${cores} cores usable, ${named || 'no vector extensions'}`,
    ...(lacksAvx
      ? { help: "TensorFlow's builds need AVX; this CPU or virtual machine has none." }
      : {}),
    facts: { model, cores, features },
  };
}

async function checkGpu(
  found: Omit<EngineFinding, 'check'> & { readonly signal: AbortSignal },
): Promise<Check> {
  const gpus = await nvidiaGpus(found.signal);
  const used = found.probe?.usesGpu ?? false;
  const facts = { gpus, used };
  const id = 'gpu';
  if (gpus.length === 0) {
    return { id, status: 'ok', text: 'GPU: no NVIDIA GPU seen; the CPU is used', facts };
  }
  const text = `GPU: ${gpus.join('; ')}`;
  if (used) return { id, status: 'ok', text: `${text}, used`, facts };
  return { id, status: 'note', text: `${text}, not used`, help: whyNoGpu(found), facts };
}

function whyNoGpu({ engine, probe }: Omit<EngineFinding, 'check'>): string {
  if (!engine || !probe) return 'TensorFlow is not set up: grader setup --gpu.';
  if (!engine.gpu) return 'TensorFlow is the build without CUDA: grader setup --gpu.';
  const missing = probe.log.flatMap(
    (line) => /Could not load dynamic library '([^']+)'/.exec(line)?.[1] ?? [],
  );
  if (missing.length > 0) {
    return `TensorFlow registered no GPU, since it does not find ${[...new Set(missing)].join(', ')}.`;
  }
  const said = probe.log.filter((line) => /libcuda|cuda.*(error|fail|find)/i.test(line));
  // Without absl's prefix: severity, date, time, thread, place.
  const reason = said.at(-1)?.replace(/^[IWEF]\d{4} .*?\] /, '');
  return `TensorFlow registered no GPU: ${reason ?? 'it gave no reason'}`;
}

function checkMemory(): Check {
  const { bytes, isLimited } = readMemory();
  const text = `Memory: ${(bytes / 2 ** 30).toFixed(1)} GiB${isLimited ? ' (cgroup limit)' : ''}`;
  return { id: 'memory', status: 'ok', text, facts: { bytes, isLimited } };
}

async function checkDatasets(): Promise<Check[]> {
  const { whole, broken } = readProblems();
  const packages = broken.map(({ message, help = '' }): Check => ({
    id: 'problem-package',
    status: 'note',
    text: message,
    help,
  }));
  const sets = await Promise.all(
    whole.map(async ({ definition, directory }): Promise<Check> => {
      const { id, title } = definition.dataset;
      const { found, variant, where } = await datasetStatus(definition.dataset, directory);
      const facts = { dataset: id, problem: definition.id, found, variant, where };
      if (found) {
        const text = `Data for ${definition.id}: ${title} (${variant}), ${where}`;
        return { id: `dataset-${id}`, status: 'ok', text, facts };
      }
      const help = definition.sample
        ? `Run grader data fetch ${definition.id}, or grade with --sample.`
        : `Run grader data fetch ${definition.id}.`;
      const text = `Data for ${definition.id}: ${title}, not here`;
      return { id: `dataset-${id}`, status: 'note', text, help, facts };
    }),
  );
  return [...packages, ...sets];
}

async function checkIsolation(): Promise<Check> {
  const { level, reason, help } = await findIsolation();
  return {
    id: 'isolation',
    status: level === 'jail' ? 'ok' : 'note',
    text: `Isolation of submissions: ${level} (${reason})`,
    ...(help === undefined ? {} : { help: `A jail: ${help}` }),
    facts: { level, reason },
  };
}

function show({ status, text, help }: Check, screen: Screen): void {
  const colours = { ok: 'green', note: 'yellow', missing: 'red' } as const;
  const [first = '', ...rest] = text.split('\n');
  screen.print(`${screen.style(colours[status], status.padEnd(8))} ${first}`);
  const more = [...rest, ...(help ?? '').split('\n').filter((line) => line !== '')];
  for (const line of more) screen.print(`${' '.repeat(9)}${line}`);
}
