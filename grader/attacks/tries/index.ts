import { fileTries } from './files.ts';
import { floodTries } from './floods.ts';
import { networkTries } from './network.ts';
import { processTries } from './processes.ts';
import type { Tries } from './target.ts';

/** The row that has to work: otherwise nothing that fails says anything. */
export const control = 'control';

/** What a process does that got out of the interpreter, by name. */
export const tries: Tries = {
  [control]: () => 'it runs',
  ...fileTries,
  ...networkTries,
  ...processTries,
  ...floodTries,
};
