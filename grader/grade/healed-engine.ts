import type { Engine } from '../setup/engine.ts';
import { GraderError } from '../errors.ts';
import type { Grading } from './grading.ts';

/** How a damaged library or addon shows: it does not load, or the process that loads it dies. */
const signs = ['child-died', 'engine-broken'];

/**
 * Works with an engine. Where a process of it dies and the engine turns out to be damaged, it is made
 * anew and the work repeated, once.
 */
export async function withHealedEngine<Result>(
  { request, listener, outcome }: Grading,
  engine: Engine,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(engine);
  } catch (error) {
    const isSign = error instanceof GraderError && signs.includes(error.failure.code);
    if (!isSign || request.interrupt.aborted || request.kill.aborted) throw error;
    const { healEngine } = await import('../setup/ensure-engine.ts');
    const options = { ...request.engine, signal: request.interrupt };
    const healed = await healEngine(engine, options, (event) => listener.onSetup?.(event));
    if (!healed) throw error;
    outcome.notes.push(
      'TensorFlow in the cache was damaged; it was made anew and the work repeated.',
    );
    return work(healed);
  }
}
