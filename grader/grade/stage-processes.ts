import type { ExecutionPlan } from '../contract.ts';
import type { Engine } from '../setup/engine.ts';
import type { TrainerProcess, TrainerSetting } from '../engine/start.ts';
import { smallPlan } from '../engine/process/plan.ts';
import { startPreparer } from '../prepare/start.ts';
import { findIsolation, type Isolation } from '../sandbox/isolation.ts';
import { rateFactors } from './swept-rates.ts';
import type { GradeRequest } from './request.ts';

/** The processes of one grading, started together so that each is up when its stage comes. */
export interface StageProcesses {
  /** The one that is on its way already; another one at each further call. */
  takePreparer(): ReturnType<typeof startPreparer>;
  /** The engine in the cache, for which a trainer is on its way; null where it is yet to be made. */
  readonly engine: Promise<Engine | null>;
  /** Tells how the training will use the machine, so that a trainer of that kind gets ready. */
  aim(plan: ExecutionPlan): void;
  /** To be called when the training begins, and for each repetition. */
  trainer(engine: Engine): TrainerProcess;
  /** Ends what got no job. */
  end(): Promise<void>;
}

/** Starts what the stages after the submission need; `end` is called however the grading goes. */
export function startProcesses(request: GradeRequest): StageProcesses {
  const preparers = startAhead(startPreparer);
  let known: Engine | null = null;
  // What most submissions need; a model that is measured to need more gets another process.
  let plan: ExecutionPlan = smallPlan;
  let ahead: { readonly setting: TrainerSetting; readonly trainer: TrainerProcess } | null = null;
  const release = () => {
    if (ahead) request.trainers.giveBack(ahead.setting, ahead.trainer);
    ahead = null;
  };
  const takeAhead = (setting: TrainerSetting) => {
    if (!ahead?.trainer.isAlive() || !isSame(ahead.setting, setting)) return null;
    const { trainer } = ahead;
    ahead = null;
    return trainer;
  };
  const getReady = () => {
    if (!known || !isolation) return;
    const setting = settingOf(request, { engine: known, isolation, plan });
    const trainer = takeAhead(setting);
    release();
    ahead = { setting, trainer: trainer ?? request.trainers.take(setting) };
  };
  let isolation: Isolation | null = null;
  let trainingsToCome = request.seeds + (request.sweep ? rateFactors.length : 0);
  const engine = lookUpEngine(request).then(async (found) => {
    // What is wrong with it is told where the first child needs it.
    isolation = await findIsolation().catch(() => null);
    known = found;
    getReady();
    return found;
  });
  return {
    takePreparer: () => preparers.take(),
    engine,
    aim(wanted) {
      plan = wanted;
      getReady();
    },
    trainer(used) {
      if (!isolation) throw new Error('internal: no isolation was found');
      const setting = settingOf(request, { engine: used, isolation, plan });
      const trainer = takeAhead(setting) ?? request.trainers.take(setting);
      release();
      trainingsToCome -= 1;
      if (trainingsToCome > 0) getReady();
      else request.trainers.prepareNext(setting);
      return trainer;
    },
    async end() {
      preparers.end();
      await engine;
      release();
    },
  };
}

/** Starts a process before it is wanted. A child takes one job, so whoever wants a second gets a new one. */
function startAhead<Child extends { end(): void }>(start: () => Child) {
  const started = [start()];
  let waiting = started[0];
  const take = (): Child => {
    const child = waiting ?? start();
    if (!waiting) started.push(child);
    waiting = undefined;
    return child;
  };
  return { take, end: () => started.forEach((child) => child.end()) };
}

/** What goes wrong here goes wrong again where the engine is needed, and is told there. */
async function lookUpEngine({ engine, interrupt }: GradeRequest): Promise<Engine | null> {
  try {
    // Downloads and compilers come with it, so it is loaded while the recipe is read.
    const { findEngine } = await import('../setup/ensure-engine.ts');
    return await findEngine({ ...engine, signal: interrupt });
  } catch {
    return null;
  }
}

function isSame(one: TrainerSetting, other: TrainerSetting): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Known {
  readonly engine: Engine;
  readonly isolation: Isolation;
  readonly plan: ExecutionPlan;
}

function settingOf(request: GradeRequest, { engine, isolation, plan }: Known): TrainerSetting {
  const { intraOp, interOp, oneDnn, gpuPays } = plan;
  const { device = 'auto' } = request.engine;
  const wantsGpu = device === 'gpu' || (device === 'auto' && gpuPays);
  return {
    addon: engine.addon,
    library: engine.library,
    isolation,
    plan: { intraOp, interOp, oneDnn },
    mayUseGpu: engine.gpu && wantsGpu,
  };
}
