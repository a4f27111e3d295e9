import { toFailure } from '../errors.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import { printable } from '../text/printable.ts';
import type { Screen } from './screen.ts';

/** Says what went wrong and what to do; answers the exit code. */
export function explain(error: unknown, screen: Screen): number {
  const failure = toFailure(error);
  screen.note(`${screen.style('red', 'error')} ${printable(failure.message, true)}`);
  if (failure.help) screen.note(printable(failure.help, true));
  return rowOfFailure(failure).exitCode;
}
