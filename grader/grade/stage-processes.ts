import type { Engine } from '../engine/setup/engine.ts';
import { startMeasurer } from '../engine/start-measurer.ts';
import type { Trainer, TrainerSetting } from '../engine/start-trainer.ts';
import { smallPlan, type ProcessPlan } from '../engine/plan.ts';
import { startPreparer } from '../prepare/run-prepare.ts';
import type { GradeRequest } from './grade.ts';

/** The processes of one grading, started together so that each is up when its stage comes. */
export interface StageProcesses {
  readonly measurer: ReturnType<typeof startMeasurer>;
  readonly preparer: ReturnType<typeof startPreparer>;
  /** The engine in the cache, for which a trainer is on its way; null where it is yet to be made. */
  readonly engine: Promise<Engine | null>;
  /** To be called once, when the training begins. */
  trainer(engine: Engine, plan: ProcessPlan): Trainer;
  /** Ends what got no job. */
  end(): Promise<void>;
}

/** Starts what the stages after the submission need; `end` is called however the grading goes. */
export function startProcesses(request: GradeRequest): StageProcesses {
  const measurer = startMeasurer();
  const preparer = startPreparer();
  let ahead: { readonly setting: TrainerSetting; readonly trainer: Trainer } | null = null;
  const engine = lookUpEngine(request).then((found) => {
    if (found) {
      // What most submissions need; a model that is measured to need more gets another process.
      const setting = settingOf(request, found, smallPlan);
      ahead = { setting, trainer: request.trainers.take(setting) };
    }
    return found;
  });
  const release = () => {
    if (ahead) request.trainers.giveBack(ahead.setting, ahead.trainer);
    ahead = null;
  };
  return {
    measurer,
    preparer,
    engine,
    trainer(used, plan) {
      release();
      const setting = settingOf(request, used, plan);
      const trainer = request.trainers.take(setting);
      request.trainers.prepareNext(setting);
      return trainer;
    },
    async end() {
      measurer.end();
      preparer.end();
      await engine;
      release();
    },
  };
}

/** What goes wrong here goes wrong again where the engine is needed, and is told there. */
async function lookUpEngine({ engine, interrupt }: GradeRequest): Promise<Engine | null> {
  try {
    // Downloads and compilers come with it, so it is loaded while the recipe is read.
    const { findEngine } = await import('../engine/setup/ensure-engine.ts');
    return await findEngine({ ...engine, signal: interrupt });
  } catch {
    return null;
  }
}

function settingOf(
  request: GradeRequest,
  engine: Engine,
  { intraOp, interOp, oneDnn }: ProcessPlan,
): TrainerSetting {
  return {
    addon: engine.addon,
    plan: { intraOp, interOp, oneDnn },
    hidesGpu: request.engine.device === 'cpu',
  };
}
