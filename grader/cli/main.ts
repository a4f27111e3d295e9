import { Command, CommanderError } from 'commander';
import { setMaxListeners } from 'node:events';
import { rowOf } from '../contract/verdicts.ts';
import { checkCache, makeCache } from '../cache.ts';
import { graderVersion } from '../package-root.ts';
import { printable } from '../text/printable.ts';
import { commands } from './commands/commands.ts';
import type { CliContext } from './context.ts';
import { explain } from './explain.ts';
import { createScreen, type Screen } from './screen.ts';

async function main(argv: readonly string[], screen: Screen): Promise<number> {
  let code = 0;
  const context: CliContext = { screen, ...interrupts(screen), exit: (value) => (code = value) };
  try {
    await createProgram(context).parseAsync(argv);
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return explain(error, screen);
    // commander has printed its own message, or the help that was asked for.
    return error.exitCode === 0 ? 0 : rowOf('wrong-usage').exitCode;
  }
}

function createProgram(context: CliContext): Command {
  const program = new Command('grader')
    .description('Grades exam-style deep-learning problems with TensorFlow, 0 to 5 points each.')
    .version(graderVersion)
    .showHelpAfterError('Run with --help for usage.')
    .exitOverride()
    // What was typed may be a candidate's file name.
    .configureOutput({ writeErr: (text) => context.screen.note(printable(text.trimEnd(), true)) })
    .addHelpText('after', epilogue)
    .hook('preAction', (_, action) => {
      if (action.opts()['progress'] === 'json') context.screen.speakJson();
      openCache(topName(action));
    });
  for (const register of commands) register(program, context);
  return program;
}

/** `data` of `data fetch`. */
function topName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? topName(parent) : command.name();
}

/** Those that take programs or data out of the cache, and those of them that put some in. */
const cacheReaders = ['grade', 'score', 'compare', 'check', 'problem', 'data', 'setup', 'doctor'];
const cacheWriters = cacheReaders.filter((each) => each !== 'doctor');

function openCache(command: string): void {
  if (cacheWriters.includes(command)) makeCache();
  if (cacheReaders.includes(command)) checkCache();
}

const epilogue = `
Exit codes:
  0 pass mark reached       3 invalid submission    6 machine or grader at fault
  1 graded, below it        4 limit exceeded      130 interrupted
  2 wrong usage             5 problem package at fault

Examples:
  grader start sunspots            write a recipe to start from
  grader grade sunspots sunspots.ts
  grader grade sunspots model.h5   a trained Keras model, as it is
  grader score results/sunspots-…  its predictions once more, by thresholds that have changed
  grader inspect model.h5          what is in it, and which problems it fits
  grader check solutions           grade every file, for CI
  grader history                   earlier attempts and what they reached
  grader compare results/a results/b --html both.html`;

/** How long the first Ctrl-C leaves for an orderly end. */
const graceMilliseconds = 30_000;

/** The first Ctrl-C asks for an end, the second one forces it. */
function interrupts(screen: Screen): { signal: AbortSignal; kill: AbortSignal } {
  const soft = new AbortController();
  const hard = new AbortController();
  // Each of many gradings at once listens to both.
  setMaxListeners(0, soft.signal, hard.signal);
  const stop = () => {
    if (soft.signal.aborted) {
      hard.abort();
      return;
    }
    screen.note('Stopping. Ctrl-C again ends everything at once.');
    soft.abort();
    setTimeout(() => hard.abort(), graceMilliseconds).unref();
  };
  process.on('SIGINT', stop);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop();
      hard.abort();
    });
  }
  return { signal: soft.signal, kill: hard.signal };
}

const screen = createScreen(process.stdout, process.stderr, process.env);
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // `grader doctor | head`: whoever reads has seen enough; the work goes on to its result.
    // EIO: the terminal was closed, and SIGHUP has said so.
    if (error.code === 'EPIPE' || error.code === 'EIO') return;
    process.exitCode = rowOf('machine-fault').exitCode;
    if (stream === process.stdout) screen.note(`The output cannot be written: ${error.message}.`);
  });
}
// Node's own code for these is 1, which means: graded, below the pass mark.
process.on('uncaughtException', (error) => process.exit(explain(error, screen)));
const code = await main(process.argv, screen);
process.exitCode ||= code;
