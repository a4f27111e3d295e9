import { graderVersion } from '../package-root.ts';
import { bindingVersion, type Engine, type SetupListener } from '../setup/engine.ts';
import { ensureEngine, healEngine } from '../setup/ensure-engine.ts';
import { cacheKey } from '../setup/platform.ts';
import type { CliContext } from './context.ts';
import type { Screen } from './screen.ts';

export interface SetupFlags {
  readonly libtensorflow?: string;
  readonly wheel?: string;
  readonly offline?: true;
  readonly cacheKey?: true;
  readonly cpu?: true;
  readonly gpu?: true;
  readonly force?: true;
  readonly json?: true;
}

/** Shows the setup's progress: a rewritten line on a terminal, else a line now and then. */
export function setupListener(screen: Screen): SetupListener {
  let printed = performance.now();
  return (event) => {
    const isLine = event.finished || event.stage === 'wait' || event.stage === 'failed';
    const isStart = event.stage === 'fetch' && event.done === undefined;
    const isDue = performance.now() - printed > quietMilliseconds;
    if (isLine || (!screen.isTty && (isStart || isDue))) {
      printed = performance.now();
      screen.note(event.text);
    } else {
      screen.status(event.text);
    }
  };
}

const quietMilliseconds = 10_000;

export async function setup(flags: SetupFlags, { screen, signal }: CliContext): Promise<void> {
  const device = flags.cpu ? 'cpu' : flags.gpu ? 'gpu' : 'auto';
  if (flags.cacheKey) {
    screen.print(cacheKey(graderVersion, flags.gpu ? 'gpu' : 'cpu', bindingVersion()));
    return;
  }
  const { libtensorflow, wheel, offline, force } = flags;
  const options = { libtensorflow, wheel, offline, force, device, signal } as const;
  const listener = setupListener(screen);
  const found = await ensureEngine(options, listener);
  // What was made just now is whole.
  const healed = found.source === 'cache' ? await healEngine(found, options, listener) : null;
  const engine = healed ?? found;
  screen.print(flags.json ? JSON.stringify(engine, null, 2) : summary(engine));
}

function summary(engine: Engine): string {
  const build = engine.gpu ? 'with CUDA' : 'CPU';
  const made = engine.source === 'cache' ? 'already there' : `from ${sourceNames[engine.source]}`;
  return `TensorFlow ${engine.version} (${build}) is ready, ${made}: ${engine.library}`;
}

const sourceNames = {
  directory: 'the named folder',
  wheel: 'the wheel',
  archive: 'the official archive',
} as const;
